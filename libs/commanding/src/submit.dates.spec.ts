import { notAfter, onDay, type PartialDate } from '@saksgang/kernel';
import { codeOf, issuesOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

const year = (text: string): PartialDate => ({ text, asWritten: null });

describe('when it happened', () => {
  let house: House;
  beforeEach(() => {
    house = openHouse();
    house.at('2026-03-02T10:00:00.000Z');
  });
  afterEach(() => house.close());

  const establish = (more: Parameters<typeof say>[5] = {}) => say('body', 'EstablishBody', null, 'est-1', { name: 'KS' }, more);
  const occurredOf = async (more: Parameters<typeof say>[5]) => (await mustRecord(house.submit(establish(more)))).entries[0]!.occurred;
  const source = (dated: PartialDate | null) => ({ document: null, title: 'Brev', reference: null, dated, locator: null, url: null });

  it('is what the command says', async () => {
    expect(await occurredOf({ occurred: year('2016') })).toEqual(year('2016'));
  });

  it('is no later than today in Oslo when nothing is said', async () => {
    // Half past eleven in the evening UTC is the next day in Oslo.
    house.at('2026-03-01T23:30:00.000Z');
    expect(await occurredOf({})).toEqual(notAfter('2026-03-02'));
  });

  it('is no later than the date of the source, when that is all that is known', async () => {
    expect(await occurredOf({ source: source(onDay('2018-10-03', '03.10.2018')) })).toEqual(notAfter('2018-10-03'));
  });

  it('is no later than the source’s last possible day, but never later than today', async () => {
    expect(await occurredOf({ source: source(year('2026')) })).toEqual(notAfter('2026-03-02'));
  });

  it('is no later than today when the source has no last day or no date', async () => {
    expect(await occurredOf({ source: source(year('2016-09-25/..')) })).toEqual(notAfter('2026-03-02'));
  });

  it('cannot lie in the future; a year that has begun can still have happened', async () => {
    expect(issuesOf(await house.submit(establish({ occurred: onDay('2026-03-03') })))).toEqual(['input.occurred: DATE_IN_FUTURE']);
    expect(issuesOf(await house.submit(establish({ occurred: year('2027/2028') })))).toEqual(['input.occurred: DATE_IN_FUTURE']);
    expect(await house.log()).toHaveLength(0);
    await mustRecord(house.submit(establish({ occurred: year('2026') })));
  });

  it('must be a date at all', async () => {
    const outcome = await house.submit(establish({ occurred: year('2018-02-30') }));
    expect(issuesOf(outcome)).toEqual(['input.occurred.text: BAD_DATE']);
  });

  it('a correction cannot move an entry past the day it was recorded', async () => {
    const { item, entries } = await mustRecord(house.submit(establish()));
    house.at('2026-06-01T10:00:00.000Z');
    const correct = say(
      'body',
      'CorrectEntry',
      item,
      'cor-1',
      { entry: entries[0]!.id, occurred: onDay('2026-04-01') },
      { reason: 'feil dato' },
    );
    expect(codeOf(await house.submit(correct))).toBe('INVALID_CORRECTION');
    expect(await house.log()).toHaveLength(1);
  });

  it('all entries of one command are recorded at one instant, which is the clock’s', async () => {
    const parent = await mustRecord(house.submit(say('body', 'EstablishBody', null, 'est-0', { name: 'Eier' })));
    const links = [{ relation: 'PART_OF', target: parent.item }];
    const founded = await mustRecord(house.submit(say('project', 'StartProject', null, 'pro-1', { title: 'Oppspill', links })));
    expect(founded.entries.map((entry) => entry.recordedAt)).toEqual(['2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z']);
  });
});

describe('a command that comes late', () => {
  let house: House;
  let item: string;
  beforeEach(async () => {
    house = openHouse();
    ({ item } = await mustRecord(
      house.submit(say('body', 'EstablishBody', null, 'est-1', { name: 'KS' }, { occurred: onDay('2010-01-01') })),
    ));
  });
  afterEach(() => house.close());

  const rename = (commandId: string, name: string, day: string) =>
    say('body', 'RenameBody', item, commandId, { name }, { occurred: onDay(day) });
  const dissolve = (day: string) => say('body', 'DissolveBody', item, 'dis-1', {}, { occurred: onDay(day) });

  it('is judged on the state in effect on its day: a body that is dissolved by now was renamed before', async () => {
    await mustRecord(house.submit(dissolve('2020-01-01')));
    await mustRecord(house.submit(rename('ren-1', 'KS Norge', '2015-01-01')));
    expect(codeOf(await house.submit(rename('ren-2', 'For sent', '2021-01-01')))).not.toBe('recorded');
  });

  it('is judged on the founding even where it lies before it: what happened to an item proves the item', async () => {
    await mustRecord(house.submit(rename('ren-1', 'KS Norge', '2005-01-01')));
  });

  it('is refused when something recorded for later would no longer be legal, and names it', async () => {
    await mustRecord(house.submit(rename('ren-1', 'KS Norge', '2015-01-01')));
    const outcome = await house.submit(dissolve('2012-01-01'));
    expect(codeOf(outcome)).toBe('CONTRADICTS_LATER');
    expect(outcome.outcome === 'refused' && outcome.refusal.message.nb).toContain(`${item}@1`);
    expect(outcome.outcome === 'refused' && outcome.state).toBe('RENAMED');
    expect(await house.log()).toHaveLength(2);
  });

  it('a correction that would make a later entry illegal is refused the same way', async () => {
    await mustRecord(house.submit(rename('ren-1', 'KS Norge', '2015-01-01')));
    const { entries } = await mustRecord(house.submit(dissolve('2020-01-01')));
    const correct = (day: string) =>
      say('body', 'CorrectEntry', item, `cor-${day}`, { entry: entries[0]!.id, occurred: onDay(day) }, { reason: 'feil dato' });
    expect(codeOf(await house.submit(correct('2012-01-01')))).toBe('CONTRADICTS_LATER');
    await mustRecord(house.submit(correct('2019-01-01')));
  });
});
