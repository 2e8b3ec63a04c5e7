import type { CommandSpec, EventSpec } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  firstVersion,
  line,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  sealed,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { keyedList, keyedListGiven } from '../schema/keyed.js';
import type { AgreementCommand } from './agreement.commands.js';
import { AGREEMENT_TYPES, type AgreementEvent } from './agreement.events.js';

const VERSION_BYTES_MAX = 200; // UTF-8 bytes of what a version is called

const agreementType = z.enum(AGREEMENT_TYPES);
const version = line(VERSION_BYTES_MAX);

const COMMAND_SCHEMAS = {
  SignAgreement: commandOf('SignAgreement', {
    agreementType,
    title,
    parties: optional(listOf(party)).transform((parties) => parties ?? []),
    openEnded: optional(z.boolean()).transform((said) => said ?? false),
    signatures: optional(listOf(z.strictObject({ party, person: optional(sealed), role: optional(line()) }))).transform(
      (signatures) => signatures ?? [],
    ),
    goals: keyedListGiven({ text: text() }),
    purpose: optional(text()),
    inForce: optional(partialDate),
    buildsOn: optional(text()),
  }),
  BringAgreementIntoForce: commandOf('BringAgreementIntoForce', { period: optional(partialDate) }),
  ReviseAgreement: commandOf('ReviseAgreement', {
    version: optional(version),
    text: optional(text()),
    period: optional(partialDate),
  }),
  AccedeToAgreement: commandOf('AccedeToAgreement', { party }),
  EndAgreement: commandOf('EndAgreement', {}),
} as const satisfies { [T in AgreementCommand['type']]: z.ZodType<Extract<AgreementCommand, { type: T }>> };

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  AgreementSigned: z.strictObject({
    agreementType,
    title,
    parties: listOf(party),
    openEnded: z.boolean(),
    signatures: listOf(z.strictObject({ party, person: sealed.nullable(), role: line().nullable() })),
    goals: keyedList({ text: text() }),
    purpose: text().nullable(),
    inForce: partialDate.nullable(),
    buildsOn: text().nullable(),
  }),
  AgreementBroughtIntoForce: z.strictObject({ period: partialDate.nullable() }),
  AgreementRevised: z.strictObject({ version: version.nullable(), text: text().nullable(), period: partialDate.nullable() }),
  AgreementAcceded: z.strictObject({ party }),
  AgreementEnded: z.strictObject({}),
} as const satisfies { [T in AgreementEvent['type']]: z.ZodType<Extract<AgreementEvent, { type: T }>['data']> };

const spec = (type: AgreementCommand['type']): CommandSpec<AgreementCommand> => ({
  founding: type === 'SignAgreement',
  roles: SECRETARIAT,
  parse: parserOf<AgreementCommand>(COMMAND_SCHEMAS[type]),
  // Parties are found and named before a command is parsed: they are no targets.
  targets: () => [],
});

export const AGREEMENT_COMMANDS: Readonly<Record<AgreementCommand['type'], CommandSpec<AgreementCommand>>> = {
  SignAgreement: spec('SignAgreement'),
  BringAgreementIntoForce: spec('BringAgreementIntoForce'),
  ReviseAgreement: spec('ReviseAgreement'),
  AccedeToAgreement: spec('AccedeToAgreement'),
  EndAgreement: spec('EndAgreement'),
};

const v1 = (type: AgreementEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const AGREEMENT_EVENTS: Readonly<Record<AgreementEvent['type'], EventSpec>> = {
  AgreementSigned: v1('AgreementSigned'),
  AgreementBroughtIntoForce: v1('AgreementBroughtIntoForce'),
  AgreementRevised: v1('AgreementRevised'),
  AgreementAcceded: v1('AgreementAcceded'),
  AgreementEnded: v1('AgreementEnded'),
};
