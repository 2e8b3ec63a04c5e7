import { TypeMetadataStorage, type GqlTypeReference } from '@nestjs/graphql';

type ArgsClass = new () => object;

/**
 * Declares the arguments of a field whose method reads them as plain `(parent, args, context)`. Parameter decorators would
 * do the same and cost 2–3 µs a call: without them Nest binds the method straight into the schema.
 */
export const Takes =
  (args: ArgsClass): MethodDecorator =>
  (target, key) => {
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'args',
      target: target.constructor,
      methodName: String(key),
      typeFn: () => args,
      options: {},
      index: 0,
    });
  };

/** Declares one argument by name, required unless said otherwise: `input` of a mutation, `id` of a query. */
export const TakesOne =
  (
    name: string,
    type: () => GqlTypeReference,
    description: string,
    options: Readonly<{ nullable?: boolean; list?: boolean }> = {},
  ): MethodDecorator =>
  (target, key) => {
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'arg',
      name,
      description,
      target: target.constructor,
      methodName: String(key),
      typeFn: type,
      options: { nullable: options.nullable ?? false, ...(options.list ? { isArray: true, arrayDepth: 1 } : {}) },
      index: 0,
    });
  };
