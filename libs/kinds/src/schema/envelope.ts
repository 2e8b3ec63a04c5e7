import type { Envelope, Parser, PartialDate } from '@saksgang/kernel';
import { z } from 'zod';
import { parserOf } from './parser-of.js';
import { line, text } from './text.js';
import { partialDate, party, source } from './values.js';

/** What every entry says beside its event, as it arrives: `occurred` null where the command left it out. */
export type EnvelopeGiven = Omit<Envelope, 'occurred'> & Readonly<{ occurred: PartialDate | null }>;

/** The same for every kind and command. Names of persons are sealed by now. */
export const envelope: Parser<EnvelopeGiven> = parserOf(
  z.strictObject({
    occurred: partialDate.nullable(),
    assertedBy: party.nullable(),
    source: source.nullable(),
    reason: text().nullable(),
  }),
);

/** A person's name before it is sealed: one line in NFC. Issues never repeat it. */
export const personName: Parser<string> = parserOf(line());
