/** Levels of nesting of one canonical text. Far above any entry (POINT_DEPTH_MAX is 16); it also ends a value that holds itself. */
export const CANONICAL_DEPTH_MAX = 64;

/** The value has no canonical form. `path` leads to the place; neither it nor the message repeats the value. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
  constructor(
    readonly path: readonly (string | number)[],
    readonly why: string,
  ) {
    super(`${path.length === 0 ? 'the value' : path.join('.')} ${why}`);
  }
}

/**
 * The one JSON text of a value (RFC 8785), stricter than the RFC: only what reads back as the same value is written.
 * Refused: numbers that are not safe integers (decimals are written as strings), lone surrogates, undefined, functions, symbols,
 * bigints, instances of classes, and nesting beyond CANONICAL_DEPTH_MAX. −0 is written 0, as the RFC says.
 * Not looked at: symbol keys and properties that are not enumerable; `toJSON` is never called.
 * Hash its UTF-8 bytes.
 * @throws NotCanonical
 */
export const canonicalJson = (value: unknown): string => write(value, []);

type Path = (string | number)[];

const write = (value: unknown, path: Path): string => {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      return writeInteger(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (path.length >= CANONICAL_DEPTH_MAX) throw new NotCanonical([...path], `lies deeper than ${CANONICAL_DEPTH_MAX} levels`);
      return Array.isArray(value) ? writeList(value, path) : writeObject(value, path);
    default:
      throw new NotCanonical([...path], `is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}, which JSON cannot say`);
  }
};

/** `isWellFormed` is in every supported Node, but newer than the language level the sources are checked against. */
type WellFormed = string & { isWellFormed(): boolean };

// JSON.stringify escapes a string exactly as RFC 8785 section 3.2.2.2 asks for, as long as it holds no lone surrogate.
const writeString = (text: string, path: Path): string => {
  if (!(text as WellFormed).isWellFormed()) throw new NotCanonical([...path], 'holds a lone surrogate, half of a character');
  return JSON.stringify(text);
};

const writeInteger = (value: number, path: Path): string => {
  if (!Number.isSafeInteger(value)) throw new NotCanonical([...path], 'is not a safe integer: write decimals and large numbers as strings');
  return value === 0 ? '0' : String(value);
};

const writeList = (list: readonly unknown[], path: Path): string => {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    path.push(index);
    text += index === 0 ? write(list[index], path) : `,${write(list[index], path)}`;
    path.pop();
  }
  return `${text}]`;
};

const writeObject = (object: object, path: Path): string => {
  if (!isPlain(object)) throw new NotCanonical([...path], 'is an instance of a class, not a plain object');
  // The default order of sort() is by UTF-16 code units, which is the RFC's.
  const keys = Object.keys(object).sort();
  let text = '{';
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    path.push(key);
    const member = `${writeString(key, path)}:${write((object as Record<string, unknown>)[key], path)}`;
    text += index === 0 ? member : `,${member}`;
    path.pop();
  }
  return `${text}}`;
};

/** Its prototype is none, or one that has none itself: also true of objects from another realm (a worker, a test sandbox). */
const isPlain = (object: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};
