import type { Values } from './exchange.js';
import type { TableSpec } from './table.js';

/** Where these columns stand in a whole row. @throws RangeError for what is no column */
export const placesOf = ({ name, columns }: TableSpec, wanted: readonly string[]): readonly number[] =>
  wanted.map((column) => {
    const place = columns.findIndex((one) => one.name === column);
    if (place === -1) throw new RangeError(`${name} has no column ${column}`);
    return place;
  });

/** Some values as one text, to look rows up by: unambiguous as long as at most the last holds any text. */
export const keyText = (values: Values, places?: readonly number[]): string => {
  if (places === undefined) return values.length === 1 ? String(values[0]) : values.join(' ');
  if (places.length === 1) return String(values[places[0] as number]);
  let text = '';
  for (const place of places) text += text === '' ? String(values[place]) : ` ${String(values[place])}`;
  return text;
};
