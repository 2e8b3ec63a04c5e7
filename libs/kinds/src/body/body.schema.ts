import type { CommandSpec, EventSpec, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import { commandOf, firstVersion, itemId, listOf, optional, parserOf, partialDate, SECRETARIAT, text, title } from '../schema/index.js';
import type { BodyCommand } from './body.commands.js';
import type { BodyEvent } from './body.events.js';

const body = itemId('body');

const COMMAND_SCHEMAS = {
  EstablishBody: commandOf('EstablishBody', {
    name: title,
    aliases: optional(listOf(title)).transform((aliases) => aliases ?? []),
    parent: optional(body),
    period: optional(partialDate),
  }),
  RenameBody: commandOf('RenameBody', { name: title }),
  AddBodyAlias: commandOf('AddBodyAlias', { alias: title }),
  RecordBodyClaim: commandOf('RecordBodyClaim', { claim: text() }),
  MergeBody: commandOf('MergeBody', { into: body }),
  DissolveBody: commandOf('DissolveBody', {}),
} as const satisfies { [T in BodyCommand['type']]: z.ZodType<Extract<BodyCommand, { type: T }>> };

const EVENT_SCHEMAS = {
  BodyEstablished: z.strictObject({ name: title, aliases: listOf(title), parent: body.nullable(), period: partialDate.nullable() }),
  BodyRenamed: z.strictObject({ name: title }),
  BodyAliasAdded: z.strictObject({ alias: title }),
  BodyClaimRecorded: z.strictObject({ claim: text() }),
  BodyMerged: z.strictObject({ into: body, intoName: title }),
  BodyDissolved: z.strictObject({}),
} as const satisfies { [T in BodyEvent['type']]: z.ZodType<Extract<BodyEvent, { type: T }>['data']> };

const bodyAt = (item: string | null, field: string): readonly TargetRef[] =>
  item === null ? [] : [{ item, part: null, kinds: ['body'], path: [field] }];

const targetsOf = (command: BodyCommand): readonly TargetRef[] => {
  switch (command.type) {
    case 'EstablishBody':
      return bodyAt(command.parent, 'parent');
    case 'MergeBody':
      return bodyAt(command.into, 'into');
    case 'RenameBody':
    case 'AddBodyAlias':
    case 'RecordBodyClaim':
    case 'DissolveBody':
      return [];
  }
};

const spec = (type: BodyCommand['type']): CommandSpec<BodyCommand> => ({
  founding: type === 'EstablishBody',
  roles: SECRETARIAT,
  parse: parserOf<BodyCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const BODY_COMMANDS: Readonly<Record<BodyCommand['type'], CommandSpec<BodyCommand>>> = {
  EstablishBody: spec('EstablishBody'),
  RenameBody: spec('RenameBody'),
  AddBodyAlias: spec('AddBodyAlias'),
  RecordBodyClaim: spec('RecordBodyClaim'),
  MergeBody: spec('MergeBody'),
  DissolveBody: spec('DissolveBody'),
};

/** `fixed`: what the event points at. */
const v1 = (type: BodyEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const BODY_EVENTS: Readonly<Record<BodyEvent['type'], EventSpec>> = {
  BodyEstablished: v1('BodyEstablished'),
  BodyRenamed: v1('BodyRenamed'),
  BodyAliasAdded: v1('BodyAliasAdded'),
  BodyClaimRecorded: v1('BodyClaimRecorded'),
  BodyMerged: v1('BodyMerged', 'into', 'intoName'),
  BodyDissolved: v1('BodyDissolved'),
};
