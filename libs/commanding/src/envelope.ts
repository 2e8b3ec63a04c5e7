import { boundsOf, effectiveDay, notAfter, type Day, type Envelope, type Issue, type Parsed, type PartialDate } from '@saksgang/kernel';
import { envelope as parseEnvelope } from '@saksgang/kinds';
import { underInput } from './invalid.js';

/** It had certainly not happened on that day. A date that may lie on either side of it claims nothing of the future. */
const isInFuture = (occurred: PartialDate, today: Day): boolean => {
  const { earliest } = boundsOf(occurred);
  return earliest !== null && earliest > today;
};

const dateInFuture = (path: readonly string[]): Issue => ({
  path,
  code: 'DATE_IN_FUTURE',
  message:
    'lies after the day it was recorded, and nothing happens after it was recorded: a plan carries its date as a deadline or a planned date instead',
});

/** `given`: the four fields, parties and names filled in. Left out, `occurred` is no later than the source's own date, else no later than today. */
export const readEnvelope = (given: Readonly<Record<string, unknown>>, today: Day): Parsed<Envelope> => {
  const parsed = parseEnvelope({ occurred: null, assertedBy: null, source: null, reason: null, ...given });
  if (!parsed.ok) return { ok: false, issues: underInput(parsed.issues) };
  const said = parsed.value;
  const dated = said.source?.dated ?? null;
  const occurred = said.occurred ?? notAfter(dated === null ? today : effectiveDay(dated, today));
  if (isInFuture(occurred, today)) return { ok: false, issues: [dateInFuture(['input', 'occurred'])] };
  return { ok: true, value: { ...said, occurred } };
};
