/** A date somebody waits for. */
export type CalendarEntry = Readonly<{
  /** Stable: the same thing keeps it when its date moves, so that calendars move it too. */
  uid: string;
  summary: string;
  description: string;
  /** The day, `YYYY-MM-DD`; null while no single day is known, and then `dateText` says what is. */
  day: string | null;
  dateText: string;
  /** When the record learned it, an instant in UTC. */
  recordedAt: string;
}>;

const LINE_END = '\r\n';
const LINE_OCTETS_MAX = 75; // RFC 5545 section 3.1, without the line end
const UNCERTAIN = 'Dagen er ikke fastsatt';

/**
 * An iCalendar file (RFC 5545): what has a day is an all-day event that takes up nobody's time; what has none yet is a task without a
 * date, its date in words. No day is ever made up.
 */
export const calendarIcs = (name: string, entries: readonly CalendarEntry[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Saksgang//Oppfølging//NB',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${textOf(name)}`,
    ...entries.flatMap((entry) => (entry.day === null ? taskOf(entry) : eventOf(entry, entry.day))),
    'END:VCALENDAR',
  ]
    .map((line) => folded(line) + LINE_END)
    .join('');

const eventOf = (entry: CalendarEntry, day: string): readonly string[] => [
  'BEGIN:VEVENT',
  ...told(entry, entry.description),
  `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
];

const taskOf = (entry: CalendarEntry): readonly string[] => [
  'BEGIN:VTODO',
  ...told(entry, [`${UNCERTAIN}: ${entry.dateText}.`, entry.description].filter((line) => line !== '').join('\n')),
  'END:VTODO',
];

const told = ({ uid, summary, recordedAt }: CalendarEntry, description: string): readonly string[] => [
  `UID:${textOf(uid)}`,
  `DTSTAMP:${stampOf(recordedAt)}`,
  `SUMMARY:${textOf(summary)}`,
  ...(description === '' ? [] : [`DESCRIPTION:${textOf(description)}`]),
];

/** «2018-10-03T10:00:00.000Z» is 20181003T100000Z. */
const stampOf = (instant: string): string => instant.replace(/\.\d+/u, '').replace(/[-:]/gu, '');

// eslint-disable-next-line no-control-regex -- control characters are what must not be in a content line
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/gu;
const textOf = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(CONTROL, ' ')
    .replace(/[\\;,]/gu, '\\$&')
    .replaceAll('\n', '\\n');

/** At most 75 octets to a line, and no character split: a continuation begins with a space, which counts. */
const folded = (line: string): string => {
  const lines: string[] = [];
  let [current, octets] = ['', 0];
  for (const character of line) {
    const width = Buffer.byteLength(character);
    if (octets + width > LINE_OCTETS_MAX) {
      lines.push(current);
      [current, octets] = [' ', 1];
    }
    current += character;
    octets += width;
  }
  return [...lines, current].join(LINE_END);
};
