import { isBase64urlOf16, isBase64urlOf32 } from './base64url.js';
import { isUuid } from './uuid.js';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** `actor-<uuid>` or a system actor's id: no space, no capital, so that a name does not pass for an id. */
const ACTOR = /^[a-z][a-z0-9-]{0,63}$/;
/** `<kind>-…`: the kind in camelCase without a hyphen. */
const STREAM = /^[a-z][a-zA-Z0-9]*-./;
const PERSON = /^person-./;

const text: Check = (value) => typeof value === 'string';
const filled: Check = (value) => typeof value === 'string' && value !== '';
const like =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const nullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const counted =
  (from: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= from;
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first field that is missing, unknown or of another form, or null. */
const faultIn = (value: unknown, shape: Shape, names: readonly string[]): string | null => {
  if (!object(value)) return 'an object was expected';
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of names) {
    if (!Object.hasOwn(fields, name)) return `${name} is missing`;
    if (!(shape[name] as Check)(fields[name])) return `${name} is not of its form`;
  }
  // All names are there, so more keys than names means an unknown one.
  return Object.keys(fields).length === names.length ? null : 'it holds a field that is not its own';
};

const shaped = (shape: Shape): Check => {
  const names = Object.keys(shape);
  return (value) => faultIn(value, shape, names) === null;
};

const partialDate = shaped({ text: filled, asWritten: nullOr(text) });
const sealed = shaped({ sealed: (value) => typeof value === 'string' && isBase64urlOf32(value), person: like(PERSON) });
const party = shaped({ body: nullOr(like(STREAM)), name: (value) => text(value) || sealed(value) });
const source = shaped({
  document: nullOr(like(STREAM)),
  title: nullOr(text),
  reference: nullOr(text),
  dated: nullOr(partialDate),
  locator: nullOr(text),
  url: nullOr(text),
});

const LEAF: Shape = {
  nonce: (value) => typeof value === 'string' && isBase64urlOf16(value),
  id: (value) => typeof value === 'string' && isUuid(value),
  stream: like(STREAM),
  revision: counted(0),
  type: filled,
  version: counted(1),
  recordedAt: like(INSTANT),
  occurred: partialDate,
  actor: like(ACTOR),
  assertedBy: nullOr(party),
  source: nullOr(source),
  reason: nullOr(text),
  commandId: filled,
  inputDigest: (value) => typeof value === 'string' && isBase64urlOf32(value),
  data: object,
};
const LEAF_FIELDS = Object.keys(LEAF);

/** What is wrong with a value as a leaf, in words that hold no value of it; null when it is one. */
export const leafFault = (value: unknown): string | null => faultIn(value, LEAF, LEAF_FIELDS);
