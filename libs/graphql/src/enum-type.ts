import { registerEnumType } from '@nestjs/graphql';

/**
 * Registers an enum: names are SCREAMING_SNAKE, each with its description (English, the Norwegian term beside it).
 * `values` is total over the union it speaks for, so a new value does not compile until it is described.
 * `inside` maps a name to what the rooms below call it; left out, the name is the value.
 */
export const enumType = <N extends string, V extends string = N>(
  name: string,
  description: string,
  values: Readonly<Record<N, string>>,
  inside?: Readonly<Record<N, V>>,
): Readonly<Record<N, V>> => {
  const names = Object.keys(values) as N[];
  const registered = Object.fromEntries(names.map((key) => [key, inside?.[key] ?? key])) as Record<N, V>;
  const valuesMap = Object.fromEntries(names.map((key) => [key, { description: values[key] }])) as Record<N, { description: string }>;
  registerEnumType(registered, { name, description, valuesMap });
  return registered;
};
