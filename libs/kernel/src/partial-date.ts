import type { Day } from './instant.js';
import type { Labels } from './labels.js';
import type { Parsed } from './parser.js';

export type DatePrecision = 'DAY' | 'MONTH' | 'YEAR' | 'PERIOD' | 'NOT_AFTER' | 'NOT_BEFORE' | 'UNKNOWN';

/**
 * When something happened, as far as is known. This is also its stored form: `text` is EDTF-like
 * («2016-06-07» «2016-06» «2016» «2016/2019» «../2018-10-03» «2016-09-25/..» «unknown»), canonical;
 * `asWritten` keeps the source's own words («7.juni 2016») or null. The ends of a period or an open interval may be days, months or years.
 */
export type PartialDate = Readonly<{ text: string; asWritten: string | null }>;
export type Bounds = Readonly<{ precision: DatePrecision; earliest: Day | null; latest: Day | null }>;

/** Parses the canonical text, or says what is wrong with it and what would be right (impossible days, ends in the wrong order). */
export declare const parsePartialDate: (text: string, asWritten?: string | null) => Parsed<PartialDate>;
/** Precision and bounds, both days included. Memoised. @throws on text that parsePartialDate never accepted. */
export declare const boundsOf: (date: PartialDate) => Bounds;
/** Total order: earliest bound, then latest, unknown last; equal texts are equal. */
export declare const comparePartialDates: (a: PartialDate, b: PartialDate) => number;
/** Does `inner` say at least as much as `outer` (its bounds lie within)? Establishing a date may only narrow. */
export declare const narrows: (inner: PartialDate, outer: PartialDate) => boolean;
/** «3. oktober 2018», «oktober 2018», «2016–2019», «senest 3. oktober 2018», «tidligst …», «ukjent dato»; nn and en likewise. */
export declare const labelOfDate: (date: PartialDate) => Labels;
export declare const onDay: (day: Day, asWritten?: string | null) => PartialDate;
export declare const notAfter: (day: Day, asWritten?: string | null) => PartialDate;
export declare const UNKNOWN_DATE: PartialDate;
