import { judge, rolesFor } from '@saksgang/commanding';
import type { Actor, Role } from '@saksgang/kernel';
import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { RequestContext } from '../context.js';
import { forbiddenFault, unidentified } from '../identity-fault.js';
import { refused } from '../outcome.js';
import { READERS, READING, RULES, type Rule } from './reading-rules.js';

type Field = GraphQLField<unknown, RequestContext>;
type Resolve = GraphQLFieldResolver<unknown, RequestContext>;

const MUTATION = 'Mutation';
const ROOTS: ReadonlySet<string> = new Set(['Query', 'Subscription']);
const WITHHELD = { value: null, sealedState: 'WITHHELD' } as const;

/** Where the table and the schema do not say the same. */
export class UnruledSchema extends Error {
  override readonly name = 'UnruledSchema';
  constructor(readonly unruled: readonly string[]) {
    super(`libs/graphql/src/rules/reading-rules.ts must say once who sees each field, and name no other: ${unruled.join(', ')}`);
  }
}

/** Whoever sends no credential reads as the public does. */
export const mayRead = (actor: Actor | null, rule: Rule): boolean => (READERS[rule] as readonly Role[]).includes(actor?.role ?? 'public');

/** `Type.field` → its rule. @throws UnruledSchema */
export const rulesOf = (schema: GraphQLSchema, table = READING): ReadonlyMap<string, Rule> => {
  const fields = new Set(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__') && name !== MUTATION)
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)),
  );
  const said = Object.entries(table).flatMap(([type, byRule]) =>
    RULES.flatMap((rule) => (byRule[rule]?.split(' ') ?? []).map((field) => [`${type}.${field}`, rule] as const)),
  );
  const rules = new Map<string, Rule>(said);
  const twice = said.filter(([name, rule]) => rules.get(name) !== rule).map(([name]) => name);
  const unruled = [...[...fields].filter((name) => !rules.has(name)), ...[...rules.keys()].filter((name) => !fields.has(name)), ...twice];
  if (unruled.length > 0) throw new UnruledSchema(unruled);
  return rules;
};

/**
 * Puts a guard before every field that is not for everybody, and before every command, in the schema itself: no resolver can forget
 * it. At the root whoever may not is refused. Further in, what may not be seen is withheld: a sealed text says so, a list is empty,
 * what may be null is; and what can be none of these is refused. Answers the same schema. @throws UnruledSchema
 */
export const applyRules = (schema: GraphQLSchema): GraphQLSchema => {
  for (const [name, rule] of rulesOf(schema)) {
    const [type = '', field = ''] = name.split('.');
    const held = schema.getType(type);
    if (rule === 'everybody' || !isObjectType(held)) continue;
    guardReading(held.getFields()[field] as Field, rule, ROOTS.has(type));
  }
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) guardCommand(field as Field);
  return schema;
};

const guardReading = (field: Field, rule: Rule, atRoot: boolean): void => {
  const resolve = field.resolve ?? defaultFieldResolver;
  const refuse = ({ actor, locale }: RequestContext): never => {
    throw actor === null ? unidentified(locale) : forbiddenFault(READERS[rule], actor.role, locale);
  };
  const instead = atRoot ? null : insteadOf(field.type, resolve);
  const guarded: Resolve = (source, args, context, info) => {
    if (mayRead(context.actor, rule)) return resolve(source, args, context, info);
    return instead === null ? refuse(context) : instead(source, args, context, info);
  };
  field.resolve = guarded;
  const { subscribe } = field;
  if (subscribe)
    field.subscribe = (source, args, context, info) =>
      mayRead(context.actor, rule) ? subscribe(source, args, context, info) : refuse(context);
};

/** What stands where something may not be seen; null where nothing can. */
const insteadOf = (type: GraphQLOutputType, resolve: Resolve): Resolve | null => {
  // That no name was given is no secret.
  if (getNamedType(type).name === 'SealedText') return async (...asked) => ((await resolve(...asked)) === null ? null : WITHHELD);
  if (isListType(getNullableType(type))) return () => [];
  return isNonNullType(type) ? null : () => null;
};

/** Before the input is read, so that nothing is learnt from what is wrong with it. Whoever may say it is judged again where it is decided. */
const guardCommand = (field: Field): void => {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    const { actor, registry, locale } = context;
    if (actor === null) throw unidentified(locale);
    const { type, roles } = rolesFor(registry, field.name);
    const mayNot = judge(actor, type, roles);
    return mayNot === null ? resolve(source, args, context, info) : refused(mayNot);
  };
};
