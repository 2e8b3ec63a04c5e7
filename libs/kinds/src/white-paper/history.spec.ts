import { readFileSync } from 'node:fs';
import { contradictions, type DomainEvent, type FieldSet } from '@saksgang/kernel';
import fc from 'fast-check';
import { ITEM, after, merged, ordered, planned, presented, sourced, start, to, told } from '../../testing/culture-paper.js';
import { entryIdAt, readAs, recorded, stateAs, type Told } from '../../testing/telling.js';
import { whitePaper, type WhitePaper, type WhitePaperEvent } from './index.js';

const corrected = (revision: number, set: readonly FieldSet[], occurred: string | null = null): DomainEvent => ({
  type: 'EntryCorrected',
  data: {
    entry: entryIdAt(revision),
    version: 1,
    occurred: occurred === null ? null : { text: occurred, asWritten: null },
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set,
  },
});
const retracted = (revision: number): DomainEvent => ({ type: 'EntryRetracted', data: { entry: entryIdAt(revision) } });
const contradictedBy = (story: readonly Told[]): readonly string[] =>
  contradictions(whitePaper, readAs(recorded(ITEM, story.slice(0, -1))), readAs(recorded(ITEM, story))).map(({ entry }) => entry);
const samples = JSON.parse(readFileSync(new URL('../../../../test/golden/events/whitePaper.v1.json', import.meta.url), 'utf8')) as Record<
  string,
  object
>;
const events = Object.entries(samples).map(([type, data]) => ({ type, data }) as WhitePaperEvent);

describe('what is learnt late', () => {
  it('of a merger before the presentation contradicts the presentation', () => {
    expect(contradictedBy([start, presented, told(merged, '2019-06-01', { occurred: '2018-01-01' })])).toEqual([entryIdAt(1)]);
  });
  it('of a stage that came before contradicts nothing', () => {
    expect(contradictedBy([start, presented, sourced(to('INPUT'), '2019-06-01', { occurred: '2017-06-12' })])).toEqual([]);
  });
  it('shows the paper as it was on the day, and as it was known then', () => {
    const entries = recorded(ITEM, [start, presented, sourced(to('DEBATED'), '2019-05-20', { occurred: '2019-05-14' })]);
    const stateOn = (asOf: object) => whitePaper.summarise(stateAs<WhitePaper>(whitePaper, entries, asOf)).state;
    expect([stateOn({ validAt: '2018-11-22' }), stateOn({ validAt: '2019-05-13' }), stateOn({ validAt: '2019-05-14' })]).toEqual([
      'EXPECTED',
      'PRESENTED',
      'DEBATED',
    ]);
    expect(stateOn({ knownAt: entries[1]?.position ?? null })).toBe('PRESENTED');
  });
});

describe('a correction', () => {
  it('changes the number as if it had always been so', () => {
    const story = [start, presented, told(corrected(1, [{ path: 'number', value: 9 }]), '2019-01-01', { reason: 'Lest feil' })];
    expect(whitePaper.summarise(after(...story)).references).toEqual(['Meld. St. 9 (2018–2019)']);
    expect(whitePaper.summarise(after(...story.slice(0, 2))).references).toEqual(['Meld. St. 8 (2018–2019)']);
  });
  it('of the day into another session contradicts the number it has', () => {
    expect(contradictedBy([start, presented, told(corrected(1, [], '2018-08-31'), '2019-01-01')])).toEqual([entryIdAt(1)]);
  });
  it('does not set what an entry points at', () => {
    expect(whitePaper.events.WhitePaperMerged.fixed).toEqual(['into', 'intoTitle']);
    expect(whitePaper.events.WhitePaperSuperseded.fixed).toEqual(['by', 'byTitle']);
    expect(whitePaper.events.WhitePaperOrdered.fixed).toEqual(['order', 'answers']);
    expect(whitePaper.events.WhitePaperJudged.fixed).toEqual(['order']);
  });
  it('that makes the stage another is none: it is retracted and recorded anew', () => {
    expect(whitePaper.events.WhitePaperAdvanced.fixed).toEqual(['stage']);
  });
});

describe('a retraction', () => {
  it('of a merger lets the paper live again', () => {
    const story = [start, told(merged, '2018-01-01'), told(retracted(1), '2018-02-01', { reason: 'Feil melding' })];
    expect([after(...story).status, after(...story.slice(0, 2)).status]).toEqual(['living', 'merged']);
  });
  it('of a plan brings back the one before it', () => {
    const story = [start, told(planned('2018-06'), '2017-05-01'), told(planned('2018-12'), '2018-05-01')];
    expect(after(...story, told(retracted(2), '2018-06-01', { reason: 'Feil' })).plans.map(({ date: { text } }) => text)).toEqual([
      '2018-06',
    ]);
  });
  it('of an order contradicts the verdict on it', () => {
    const judged: WhitePaperEvent = { type: 'WhitePaperJudged', data: { order: '1', outcome: 'PARTLY' } };
    const story = [start, told(ordered, '2017-06-13'), told(judged, '2018-01-01', { reason: 'Fordi' })];
    expect(contradictedBy([...story, told(retracted(1), '2018-02-01')])).toEqual([entryIdAt(2)]);
  });
});

describe('what a stage may say', () => {
  const parse = (given: object) => whitePaper.commands.AdvanceWhitePaper.parse(given);
  const codes = (given: object): readonly (readonly [string, string])[] => {
    const parsed = parse(given);
    return parsed.ok ? [] : parsed.issues.map(({ code, path }) => [code, path.join('.')] as const);
  };
  it('takes a session with a hyphen, and keeps it with the dash it is printed with', () => {
    expect(parse({ stage: 'PRESENTED', number: 8, session: '2018-2019' })).toMatchObject({ ok: true, value: { session: '2018–2019' } });
  });
  it.each(['2018–2020', '2018', '18–19', '2018/2019', 'høsten'])('takes «%s» for no session', (session) => {
    expect(codes({ stage: 'PRESENTED', number: 8, session })).toEqual([['BAD_SESSION', 'session']]);
  });
  it('gives a number to a presentation alone', () => {
    expect(codes({ stage: 'DEBATED', number: 8 })).toEqual([['ONLY_WHEN_PRESENTED', 'number']]);
    expect(codes({ stage: 'PRESENTED', number: 0 })).toEqual([['BAD_VALUE', 'number']]);
  });
  it('takes several rapporteurs, each with a party or without, and none where none is named', () => {
    const { rapporteurs } = samples['WhitePaperAdvanced'] as Readonly<{ rapporteurs: readonly { person: object }[] }>;
    const [first, second] = rapporteurs;
    expect(parse({ stage: 'IN_COMMITTEE', rapporteurs: [first, { person: second?.person }] })).toMatchObject({
      ok: true,
      value: { rapporteurs },
    });
    expect(parse({ stage: 'IN_COMMITTEE' })).toMatchObject({ ok: true, value: { rapporteurs: [] } });
    expect(codes({ stage: 'IN_COMMITTEE', rapporteurs: [{ person: 'Saga Saksordfører' }] })).toEqual([
      ['BAD_VALUE', 'rapporteurs.0.person'],
    ]);
  });
  it('takes no person for a ministry or a committee', () => {
    const [{ person }] = (samples['WhitePaperAdvanced'] as Readonly<{ rapporteurs: readonly [{ person: object }] }>).rapporteurs;
    expect(codes({ stage: 'REFERRED', committee: { body: null, name: person } })).toEqual([['BAD_VALUE', 'committee.name']]);
    expect(codes({ stage: 'EXPECTED' })).toEqual([['BAD_VALUE', 'stage']]);
  });
});

describe('folding', () => {
  it('takes any events in any order, and always leaves a state that can be listed', () => {
    const story = fc.array(fc.tuple(fc.constantFrom(...events), fc.integer({ min: 10, max: 28 })), { maxLength: 20 });
    fc.assert(
      fc.property(story, (said) => {
        const state = after(
          start,
          ...said.map(([event, day]) => ({ event, on: '2019-06-01', occurred: `2019-05-${day}`, reason: 'Fordi' })),
        );
        expect(Object.keys(whitePaper.states)).toContain(whitePaper.summarise(state).state);
        expect(whitePaper.facets(state).dues.length).toBeLessThanOrEqual(1);
        expect(new Set(state.orders.map(({ order }) => order)).size).toBe(state.orders.length);
      }),
      { seed: 20181123, numRuns: 200 },
    );
  });
});
