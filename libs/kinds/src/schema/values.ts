import { LIST_MAX, POINT_DEPTH_MAX, boundsOf, isDay, isInstant, parsePartialDate, type PartialDate } from '@saksgang/kernel';
import { z } from 'zod';
import { found, refusing } from './found.js';
import { line, title } from './text.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** SHA-256 in base64url without padding. */
const COMMITMENT = /^[A-Za-z0-9_-]{43}$/;
const PERSON_ID = new RegExp(`^person-${UUID}$`);
const ENTRY_ID = new RegExp(`^${UUID}$`);
/** The highest number in the path of a point: the paths of retracted points are not given again. */
export const POINT_ORDINAL_MAX = 9_999;
const POINT_PATH = /^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3})*$/;

const asWritten = line();

/** A date in the kernel's stored form; both fields are given. Issue: BAD_DATE, in the kernel's words. */
export const partialDate = z
  .strictObject({ text: z.string(), asWritten: asWritten.nullable() })
  .transform((given, context): PartialDate => {
    const parsed = parsePartialDate(given.text, given.asWritten);
    if (parsed.ok) return parsed.value;
    for (const issue of parsed.issues) context.addIssue(found('BAD_DATE', issue.message, ['text']));
    return z.NEVER;
  });

/** A date that lies ahead and can be missed: it has a last day. Issue: DATE_WITHOUT_END. */
export const dueDate = partialDate.superRefine(
  refusing((date) =>
    boundsOf(date).latest === null
      ? found('DATE_WITHOUT_END', 'has no last day, so nothing could ever be late: give a day, month, year or «../day», or leave it out')
      : null,
  ),
);

export const day = z
  .string()
  .superRefine(refusing((text) => (isDay(text) ? null : found('BAD_DATE', 'is not a day of the calendar: write it as 2018-10-03'))));

export const instant = z
  .string()
  .superRefine(
    refusing((text) =>
      isInstant(text) ? null : found('BAD_DATE', 'is not an instant in UTC with milliseconds: write it as 2018-10-03T10:00:00.000Z'),
    ),
  );

/** `<kind>-<uuid>`; `kinds` narrows which. Issue: BAD_ID. That the item exists is asked elsewhere. */
export const itemId = (...kinds: readonly string[]) => {
  const form = new RegExp(`^(${kinds.length === 0 ? '[a-z][A-Za-z]*' : kinds.join('|')})-${UUID}$`);
  const wanted = kinds.length === 0 ? 'an item' : kinds.join(' or ');
  return z
    .string()
    .superRefine(
      refusing((id) =>
        form.test(id) ? null : found('BAD_ID', `is not the id of ${wanted}: it looks like «${kinds[0] ?? 'resolution'}-<uuid>»`),
      ),
    );
};

/** An entry's own id. Issue: BAD_ID. */
export const entryId = z
  .string()
  .superRefine(refusing((id) => (ENTRY_ID.test(id) ? null : found('BAD_ID', 'is not the id of an entry: it is a UUID in lower case'))));

/** A person's id; the name is elsewhere, and sealed. Issue: BAD_ID. */
export const personId = z
  .string()
  .superRefine(refusing((id) => (PERSON_ID.test(id) ? null : found('BAD_ID', 'is not the id of a person: it looks like «person-<uuid>»'))));

/** The handle of a sealed value, never the value. Issue: BAD_SEAL. */
export const sealed = z.strictObject({
  sealed: z
    .string()
    .superRefine(refusing((text) => (COMMITMENT.test(text) ? null : found('BAD_SEAL', 'is not a commitment: 43 characters of base64url')))),
  person: personId,
});

/** A body tied to its item, a name that is text until then, or a sealed person. */
export const party = z.strictObject({ body: itemId('body').nullable(), name: z.union([title, sealed]) });

/** Where it stands. At least one field is known. Issue: EMPTY_SOURCE. */
export const source = z
  .strictObject({
    document: itemId().nullable(),
    title: title.nullable(),
    reference: line().nullable(),
    dated: partialDate.nullable(),
    locator: line().nullable(),
    url: line().nullable(),
  })
  .superRefine(
    refusing((given) =>
      Object.values(given).every((value) => value === null)
        ? found('EMPTY_SOURCE', 'says nothing: give at least one of document, title, reference, dated, locator, url')
        : null,
    ),
  );

/** «2.3.1»: every node counts, from 1. Issue: BAD_POINT_PATH. */
export const pointPath = z
  .string()
  .superRefine(
    refusing((path) =>
      POINT_PATH.test(path) && path.split('.').length <= POINT_DEPTH_MAX
        ? null
        : found(
            'BAD_POINT_PATH',
            `is not the path of a point: numbers from 1 joined by dots, as «2.3.1», at most ${POINT_DEPTH_MAX} of them`,
          ),
    ),
  );

/** A list with a bound, judged before its elements are. Issue: TOO_MANY. */
export const listOf = <S extends z.ZodType>(element: S, max: number = LIST_MAX) =>
  z
    .array(z.unknown())
    .superRefine(
      refusing((list) => (list.length > max ? found('TOO_MANY', `holds ${list.length} elements: at most ${max} are allowed`) : null)),
    )
    .pipe(z.array(element));

/** A count of people or votes. */
export const count = z.int().min(0).max(1_000_000);
