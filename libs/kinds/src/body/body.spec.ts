import { contradictions, foldLinks, isRefusal, type DomainEvent, type Party, type Target } from '@saksgang/kernel';
import { date, decided, entryIdAt, readAs, recorded, stateAs, titlesOf, type Circumstances, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { body, type Body, type BodyCommand, type BodyEvent } from './index.js';

const ITEM = 'body-11111111-1111-5111-8111-111111111111';
const OTHER = 'body-22222222-2222-5222-8222-222222222222';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const other: Target = { item: OTHER, kind: 'body', title: 'Kulturtanken', state: 'ESTABLISHED', hasPart: () => false };

const founding: BodyEvent = {
  type: 'BodyEstablished',
  data: { name: 'Norsk kulturskoleråd', aliases: ['Kulturskolerådet'], parent: null, period: null },
};
const told = (event: BodyEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const established = told(founding, '2018-01-10');
const renamed = (name: string): BodyEvent => ({ type: 'BodyRenamed', data: { name } });
const dissolved: BodyEvent = { type: 'BodyDissolved', data: {} };
const merged: BodyEvent = { type: 'BodyMerged', data: { into: OTHER, intoName: 'Kulturtanken' } };

const say = (story: readonly Told[], command: BodyCommand, circumstances: Circumstances) =>
  decided(body, ITEM, recorded(ITEM, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const now = { today: '2020-06-01' };

describe('a body is established', () => {
  const command: BodyCommand = {
    type: 'EstablishBody',
    name: 'KS',
    aliases: ['Kommunenes Sentralforbund', 'KS', 'Kommunenes Sentralforbund'],
    parent: null,
    period: null,
  };

  it('produces the founding event, each alias once and never the name itself', () => {
    expect(say([], command, now)).toEqual([
      { type: 'BodyEstablished', data: { name: 'KS', aliases: ['Kommunenes Sentralforbund'], parent: null, period: null } },
    ]);
  });
  it('refuses to establish what is already on record', () => {
    expect(codeOf(say([established], command, now))).toBe('ALREADY_ESTABLISHED');
  });
  it('refuses a body that is part of itself', () => {
    expect(codeOf(say([], { ...command, parent: ITEM }, now))).toBe('PART_OF_ITSELF');
  });
  it('is part of its parent by its own event', () => {
    const entries = recorded(ITEM, [told({ ...founding, data: { ...founding.data, parent: OTHER } }, '2018-01-10')]);
    expect(foldLinks(body, ITEM, readAs(entries).facts)).toEqual([
      expect.objectContaining({ relation: 'PART_OF', source: ITEM, target: OTHER, declared: true }),
    ]);
  });
});

describe('a body is renamed', () => {
  it('produces the new name, and the old one stays findable as an alias', () => {
    expect(say([established], { type: 'RenameBody', name: 'Kulturskolerådet' }, now)).toEqual([renamed('Kulturskolerådet')]);
    const state = stateAs<Body>(body, recorded(ITEM, [established, told(renamed('Kulturskolerådet'), '2019-01-01')]));
    expect(body.summarise(state)).toMatchObject({
      title: 'Kulturskolerådet',
      references: ['Kulturskolerådet', 'Norsk kulturskoleråd'],
      state: 'RENAMED',
    });
  });
  it('stays quiet when that is its name already', () => {
    expect(say([established], { type: 'RenameBody', name: 'Norsk kulturskoleråd' }, now)).toEqual([]);
  });
  it('refuses a body that is not on record', () => {
    expect(codeOf(say([], { type: 'RenameBody', name: 'X' }, now))).toBe('NOT_ESTABLISHED');
  });
  it('refuses a new name for a body that is dissolved or merged', () => {
    for (const end of [dissolved, merged])
      expect(codeOf(say([established, told(end, '2019-01-01')], { type: 'RenameBody', name: 'X' }, now))).toBe('BODY_HAS_ENDED');
  });
  it('accepts late word of a new name from before the body was dissolved', () => {
    const story = [told(founding, '2010-01-10'), told(dissolved, '2019-01-01')];
    expect(say(story, { type: 'RenameBody', name: 'X' }, { ...now, occurred: '2015-03' })).toEqual([renamed('X')]);
    const entries = recorded(ITEM, [...story, told(renamed('X'), '2020-06-01', { occurred: '2015-03' })]);
    expect(stateAs<Body>(body, entries)).toMatchObject({ status: 'dissolved', name: 'X' });
    expect(stateAs<Body>(body, entries, { validAt: '2015-01-01' })).toMatchObject({ status: 'established', name: 'Norsk kulturskoleråd' });
  });
  it('keeps every name it has had, in the order of the world and not of the recording', () => {
    const entries = recorded(ITEM, [
      told(founding, '2018-01-10', { occurred: '1980' }),
      told(renamed('C'), '2019-01-01', { occurred: '2000' }),
      told(renamed('B'), '2019-01-02', { occurred: '1990' }),
    ]);
    expect(stateAs<Body>(body, entries)).toMatchObject({
      name: 'C',
      names: [
        { name: 'Norsk kulturskoleråd', since: date('1980') },
        { name: 'B', since: date('1990') },
        { name: 'C', since: date('2000') },
      ],
    });
  });
});

describe('a body gets another name it is known by', () => {
  it('produces the alias', () => {
    expect(say([established], { type: 'AddBodyAlias', alias: 'NKR' }, now)).toEqual([{ type: 'BodyAliasAdded', data: { alias: 'NKR' } }]);
  });
  it('stays quiet when it is known by it already, as name or alias', () => {
    for (const alias of ['Norsk kulturskoleråd', 'Kulturskolerådet'])
      expect(say([established], { type: 'AddBodyAlias', alias }, now)).toEqual([]);
  });
  it('accepts an alias of a body that is dissolved: what is learnt may come after its life', () => {
    expect(say([established, told(dissolved, '2019-01-01')], { type: 'AddBodyAlias', alias: 'NKR' }, now)).toHaveLength(1);
  });
  it('refuses a body that is not on record', () => {
    expect(codeOf(say([], { type: 'AddBodyAlias', alias: 'NKR' }, now))).toBe('NOT_ESTABLISHED');
  });
});

describe('a claim is made about a body', () => {
  const command: BodyCommand = { type: 'RecordBodyClaim', claim: 'Samme eier (kommunene)' };
  const claimed: BodyEvent = { type: 'BodyClaimRecorded', data: { claim: 'Samme eier (kommunene)' } };

  it('produces the claim, which stands with who makes it', () => {
    expect(say([established], command, { ...now, assertedBy: KS })).toEqual([claimed]);
    const state = stateAs<Body>(body, recorded(ITEM, [established, told(claimed, '2019-01-01', { assertedBy: KS })]));
    expect(state).toMatchObject({
      claims: { before: null, last: { entry: entryIdAt(1), claim: 'Samme eier (kommunene)', assertedBy: KS } },
    });
  });
  it('refuses a claim that nobody makes', () => {
    expect(codeOf(say([established], command, now))).toBe('ASSERTER_REQUIRED');
  });
  it('stays quiet when the same party has claimed it, and lets another claim it too', () => {
    const story = [established, told(claimed, '2019-01-01', { assertedBy: KS })];
    expect(say(story, command, { ...now, assertedBy: KS })).toEqual([]);
    expect(say(story, command, { ...now, assertedBy: { body: null, name: 'Norsk Kulturforum' } })).toEqual([claimed]);
  });
  it('knows a person again although each commitment is salted anew', () => {
    const person = (sealed: string): Party => ({ body: null, name: { sealed, person: 'person-44444444-4444-4444-8444-444444444444' } });
    const story = [established, told(claimed, '2019-01-01', { assertedBy: person('a'.repeat(43)) })];
    expect(say(story, command, { ...now, assertedBy: person('b'.repeat(43)) })).toEqual([]);
  });
});

describe('a body comes to its end', () => {
  const merge: BodyCommand = { type: 'MergeBody', into: OTHER };
  const dissolve: BodyCommand = { type: 'DissolveBody' };

  it('produces a merger that captures the other body’s name and declares its link', () => {
    expect(say([established], merge, { ...now, targets: [other] })).toEqual([merged]);
    const facts = readAs(recorded(ITEM, [established, told(merged, '2019-01-01')])).facts;
    expect(foldLinks(body, ITEM, facts)).toEqual([expect.objectContaining({ relation: 'MERGED_INTO', target: OTHER, declared: true })]);
    expect(titlesOf(body, recorded(ITEM, [established, told(merged, '2019-01-01')]))).toContain('Slått sammen med Kulturtanken');
  });
  it('refuses a merger into itself', () => {
    expect(codeOf(say([established], { type: 'MergeBody', into: ITEM }, now))).toBe('MERGED_INTO_ITSELF');
  });
  it('produces a dissolution', () => {
    expect(say([established], dissolve, now)).toEqual([dissolved]);
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([established, told(merged, '2019-01-01')], merge, { ...now, targets: [other] })).toEqual([]);
    expect(say([established, told(dissolved, '2019-01-01')], dissolve, now)).toEqual([]);
  });
  it('refuses a sharper date of an end already recorded, which is established or corrected', () => {
    const decision = say([established, told(dissolved, '2019-01-01')], dissolve, { ...now, occurred: '2018-12-31' });
    expect(decision).toMatchObject({ code: 'BODY_HAS_ENDED' });
    expect(isRefusal(decision) && decision.allowed).toContain('correctEntry');
  });
  it('refuses another end, before or after the one it had', () => {
    for (const occurred of ['2018-06-01', '2019-06-01'])
      expect(codeOf(say([established, told(merged, '2019-01-01')], dissolve, { ...now, occurred }))).toBe('BODY_HAS_ENDED');
  });
});

describe('the body’s record is set right', () => {
  const correctedName: DomainEvent = {
    type: 'EntryCorrected',
    data: {
      entry: entryIdAt(1),
      version: 1,
      occurred: null,
      assertedBy: null,
      source: null,
      entryReason: null,
      cleared: [],
      set: [{ path: 'name', value: 'Kulturskolerådet i Norge' }],
    },
  };
  it('reads a corrected name as if it had been recorded so, and the mistake as known then', () => {
    const entries = recorded(ITEM, [
      established,
      told(renamed('Kulturskoleraadet'), '2019-01-01'),
      { event: correctedName, on: '2019-02-01', reason: 'Skrivefeil' },
    ]);
    expect(stateAs<Body>(body, entries)).toMatchObject({ name: 'Kulturskolerådet i Norge' });
    expect(stateAs<Body>(body, entries.slice(0, 2))).toMatchObject({ name: 'Kulturskoleraadet' });
  });
  it('is not made to have merged into another body: the merger is retracted and recorded anew', () => {
    expect(body.events.BodyMerged.fixed).toEqual(['into', 'intoName']);
    expect(Object.values(body.events).filter(({ fixed }) => fixed?.length === 0)).toHaveLength(5);
  });
  it('stands established again when the dissolution is retracted', () => {
    const retraction: DomainEvent = { type: 'EntryRetracted', data: { entry: entryIdAt(1) } };
    const entries = recorded(ITEM, [
      established,
      told(dissolved, '2019-01-01'),
      { event: retraction, on: '2019-02-01', reason: 'Feil organ' },
    ]);
    expect(stateAs<Body>(body, entries)).toMatchObject({ status: 'established' });
  });
  it('finds the renaming that a corrected date of dissolution would contradict', () => {
    const story: Told[] = [told(founding, '2010-01-10'), told(renamed('B'), '2015-01-01'), told(dissolved, '2019-01-01')];
    const earlier: DomainEvent = {
      type: 'EntryCorrected',
      data: {
        entry: entryIdAt(2),
        version: 1,
        occurred: date('2014-01-01'),
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [],
      },
    };
    const before = readAs(recorded(ITEM, story));
    const after = readAs(recorded(ITEM, [...story, { event: earlier, on: '2019-02-01' }]));
    expect(contradictions(body, before, after).map((fact) => fact.entry)).toEqual([entryIdAt(1)]);
  });
  it('folds its events in any order, and leaves the state as it is where one does not apply', () => {
    const claim: BodyEvent = { type: 'BodyClaimRecorded', data: { claim: 'c' } };
    const alias: BodyEvent = { type: 'BodyAliasAdded', data: { alias: 'b' } };
    const events: BodyEvent[] = [founding, renamed('B'), merged, dissolved, alias, claim];
    const statuses = events.map((_, index) => {
      const rotated = [...events.slice(index), ...events.slice(0, index)];
      return stateAs<Body>(
        body,
        recorded(
          ITEM,
          rotated.map((event) => told(event, '2018-01-10')),
        ),
      ).status;
    });
    expect(statuses).toEqual(['merged', 'established', 'renamed', 'merged', 'merged', 'merged']);
  });
});

describe('the state table of a body', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: BodyCommand[] = [
      { type: 'EstablishBody', name: 'A', aliases: [], parent: null, period: null },
      { type: 'RenameBody', name: 'B' },
      { type: 'AddBodyAlias', alias: 'C' },
      { type: 'RecordBodyClaim', claim: 'D' },
      { type: 'MergeBody', into: OTHER },
      { type: 'DissolveBody' },
    ];
    expect(walk(body, ITEM, commands, KS, [other])).toEqual(asWritten(body));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(body.commands).sort());
  });
});
