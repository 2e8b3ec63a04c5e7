import { calendarIcs, type CalendarEntry } from './calendar-ics.js';

const ENTRY: CalendarEntry = {
  uid: 'milestone-1@saksgang',
  summary: 'Milepæl: Stillingen utlyst',
  description: 'Prognose',
  day: '2026-06-30',
  dateText: '30. juni 2026',
  recordedAt: '2026-03-02T10:00:00.123Z',
};
const linesOf = (ics: string): readonly string[] => ics.replaceAll('\r\n ', '').split('\r\n');

describe('The calendar', () => {
  it('holds what has a day as an all-day event under a stable id', () => {
    expect(linesOf(calendarIcs('Oppspill', [ENTRY]))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Saksgang//Oppfølging//NB',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Oppspill',
      'BEGIN:VEVENT',
      'UID:milestone-1@saksgang',
      'DTSTAMP:20260302T100000Z',
      'SUMMARY:Milepæl: Stillingen utlyst',
      'DESCRIPTION:Prognose',
      'DTSTART;VALUE=DATE:20260630',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('keeps an uncertain day as words, and makes none up', () => {
    const ics = calendarIcs('Oppspill', [{ ...ENTRY, day: null, dateText: '2026' }]);
    expect(linesOf(ics)).toEqual(
      expect.arrayContaining(['BEGIN:VTODO', 'DESCRIPTION:Dagen er ikke fastsatt: 2026.\\nPrognose', 'END:VTODO']),
    );
    expect(ics).not.toMatch(/DTSTART|DUE|VEVENT|0101/);
  });

  it('folds at 75 octets, splits no character, and gives the text back', () => {
    const summary = 'Æøå 🎭 '.repeat(60).trim();
    const ics = calendarIcs('x', [{ ...ENTRY, summary }]);
    for (const line of ics.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\uFFFD');
    }
    expect(ics.split('\r\n').some((line) => Buffer.byteLength(line) >= 72)).toBe(true);
    expect(linesOf(ics)).toContain(`SUMMARY:${summary}`);
  });

  it('lets no text break out of its line', () => {
    const ics = calendarIcs('x', [{ ...ENTRY, summary: 'a, b; c\\d\r\nEND:VCALENDAR\u0007', description: '' }]);
    expect(linesOf(ics)).toContain('SUMMARY:a\\, b\\; c\\\\d\\nEND:VCALENDAR ');
    expect(linesOf(ics).filter((line) => line === 'END:VCALENDAR')).toHaveLength(1);
    expect(ics).not.toContain('DESCRIPTION');
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});
