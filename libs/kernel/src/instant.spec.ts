import { daysBetween, endOfOsloDay, isDay, isInstant, osloDay } from './instant.js';

const HOUR = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const table = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short' });

describe('The day in Oslo', () => {
  it('is the one the time zone table gives, at every turn of the day from 1997 to 2060', () => {
    const wrong: string[] = [];
    for (let midnight = Date.UTC(1997, 0, 1); midnight < Date.UTC(2060, 0, 1); midnight += 24 * HOUR) {
      for (const ms of [midnight, midnight + 22 * HOUR - 1, midnight + 22 * HOUR, midnight + 23 * HOUR - 1, midnight + 23 * HOUR]) {
        if (osloDay(iso(ms)) !== table.format(ms)) wrong.push(iso(ms));
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['1895-06-01T22:59:59.999Z', '1895-06-01'],
    ['1895-06-01T23:00:00.000Z', '1895-06-02'],
    ['1945-05-07T22:30:00.000Z', '1945-05-08'],
    ['1962-07-01T22:30:00.000Z', '1962-07-01'],
    ['1981-07-01T22:30:00.000Z', '1981-07-02'],
    ['0001-01-01T00:00:00.000Z', '0001-01-01'],
    ['9999-12-31T23:30:00.000Z', '9999-12-31'],
  ])('asks the table for the years before the rule: %s falls on %s', (instant, day) => {
    expect(osloDay(instant)).toBe(day);
  });

  it.each(['1895-01-01', '1945-05-08', '1996-12-31', '1997-01-01', '2018-03-24', '2018-03-25', '2018-10-27', '2018-10-28', '2024-02-29'])(
    'ends in the last millisecond that still falls on it: %s',
    (day) => {
      const end = endOfOsloDay(day);
      expect(osloDay(end)).toBe(day);
      expect(osloDay(iso(Date.parse(end) + 1)) > day).toBe(true);
    },
  );

  it('ends 22 hours after midnight UTC in summer and 23 in winter', () => {
    expect(endOfOsloDay('2018-07-01')).toBe('2018-07-01T21:59:59.999Z');
    expect(endOfOsloDay('2018-10-28')).toBe('2018-10-28T22:59:59.999Z');
    expect(endOfOsloDay('9999-12-31')).toBe('9999-12-31T22:59:59.999Z');
  });
});

describe('Days and instants', () => {
  it.each([
    ['2018-10-03', true],
    ['2016-02-29', true],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2018-02-30', false],
    ['2018-04-31', false],
    ['2018-13-01', false],
    ['2018-00-01', false],
    ['2018-01-00', false],
    ['0000-01-01', false],
    ['2018-2-3', false],
    ['2018-10-03 ', false],
    ['', false],
  ])('knows whether «%s» is a day: %s', (text, real) => {
    expect(isDay(text)).toBe(real);
  });

  it.each([
    ['2018-10-03T10:00:00.000Z', true],
    ['2018-10-03T10:00:00Z', false],
    ['2018-10-03T24:00:00.000Z', false],
    ['2018-02-30T10:00:00.000Z', false],
    ['2018-10-03T10:00:00.000+02:00', false],
    ['2018-10-03', false],
  ])('knows whether «%s» is an instant: %s', (text, real) => {
    expect(isInstant(text)).toBe(real);
  });

  it('counts whole days, backwards too, over leap days and centuries', () => {
    expect(daysBetween('2018-10-03', '2018-10-03')).toBe(0);
    expect(daysBetween('2016-02-28', '2016-03-01')).toBe(2);
    expect(daysBetween('2018-10-03', '2017-10-03')).toBe(-365);
    for (const day of ['0001-01-01', '0004-02-29', '1600-12-31', '1900-03-01', '2100-02-28', '9999-12-31']) {
      expect(daysBetween('1970-01-01', day)).toBe(Date.parse(`${day}T00:00:00.000Z`) / (24 * HOUR));
    }
  });
});
