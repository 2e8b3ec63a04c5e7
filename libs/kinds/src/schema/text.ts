import { TEXT_BYTES_MAX, TITLE_BYTES_MAX } from '@saksgang/kernel';
import { z } from 'zod';
import { found, type Found } from './found.js';

/** With the `u` flag a surrogate that is part of a pair is not one: this finds lone ones only. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL_IN_LINE = /\p{Cc}/u;
const CONTROL_IN_TEXT = /[^\P{Cc}\n\t]/u;
/** Nothing a reader would see: spaces and invisible format characters only. */
const BLANK = /^[\s\p{Cf}]*$/u;

const whatIsWrong = (text: string, maxBytes: number, control: RegExp): Found | null => {
  if (LONE_SURROGATE.test(text)) return found('LONE_SURROGATE', 'holds half of a character pair (a lone surrogate): send whole characters');
  if (control.test(text)) {
    const allowed =
      control === CONTROL_IN_TEXT ? 'only line breaks and tabs may stand in it' : 'it is one line without line breaks or tabs';
    return found('CONTROL_CHARACTER', `holds a control character: ${allowed}`);
  }
  if (BLANK.test(text)) return found('BLANK', 'is blank: write something, or leave the field out where it is optional');
  const bytes = Buffer.byteLength(text, 'utf8');
  return bytes > maxBytes ? found('TEXT_TOO_LONG', `takes ${bytes} bytes in UTF-8: at most ${maxBytes} are allowed`) : null;
};

const checked = (maxBytes: number, control: RegExp, prepare: (raw: string) => string) =>
  z.string().transform((raw, context) => {
    const text = prepare(raw);
    const wrong = whatIsWrong(text, maxBytes, control);
    if (wrong === null) return text;
    context.addIssue(wrong);
    return z.NEVER;
  });

/**
 * A text of one or more lines, kept verbatim but for two things in which the same text may differ in bytes:
 * it is brought to NFC, and CR LF becomes LF. `maxBytes` counts UTF-8 bytes after that.
 * Issues: TEXT_TOO_LONG, CONTROL_CHARACTER, LONE_SURROGATE, BLANK.
 */
export const text = (maxBytes: number = TEXT_BYTES_MAX) =>
  checked(maxBytes, CONTROL_IN_TEXT, (raw) => raw.replaceAll('\r\n', '\n').normalize('NFC'));

/** One line in NFC without spaces at its ends: titles, names, references, labels, locators. Issues as `text`. */
export const line = (maxBytes: number = TITLE_BYTES_MAX) => checked(maxBytes, CONTROL_IN_LINE, (raw) => raw.normalize('NFC').trim());

export const title = line(TITLE_BYTES_MAX);

/**
 * May be left out or null in a command, and is null then. Stored events say null outright: they use `.nullable()`,
 * so that what is stored always has every field.
 */
export const optional = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? null);
