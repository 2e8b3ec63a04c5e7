import fc from 'fast-check';
import { onDay, type DecisionContext, type DomainEvent, type Entry } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { itemIdFor } from '@saksgang/record';
import { aftermathOf, aftermathOfLast, aftermathOfWhole, type Proposal } from './aftermath.js';
import { draftsOf } from './drafts.js';
import { foldedOf } from './folding.js';

const SEED = 20_181_003;
const kind = registry.kinds.get('body')!;
const item = itemIdFor('body', 'b');
const other = itemIdFor('body', 'o');

const dayOf = (number: number): string =>
  `20${String(10 + Math.floor(number / 12)).padStart(2, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`;
const event = fc.oneof(
  fc.constantFrom('A', 'B', 'C').map((name): DomainEvent => ({ type: 'BodyRenamed', data: { name } })),
  fc.constantFrom('A', 'B', 'C').map((alias): DomainEvent => ({ type: 'BodyAliasAdded', data: { alias } })),
  fc.constant<DomainEvent>({ type: 'BodyDissolved', data: {} }),
  fc.constant<DomainEvent>({ type: 'BodyMerged', data: { into: other, intoName: 'O' } }),
  fc
    .constantFrom('PART_OF', 'LED_TO')
    .map((relation): DomainEvent => ({ type: 'Linked', data: { relation, target: other, targetPart: null, part: null, period: null } })),
  fc.constant<DomainEvent>({ type: 'NoteAdded', data: { text: 'Merknad', part: null } }),
);
const dated = fc.record({ event, day: fc.integer({ min: 0, max: 59 }) });

const envelopeOn = (day: string) => ({ occurred: onDay(day), assertedBy: null, source: null, reason: null });
const entryOn = (day: string, revision: number, its: DomainEvent): Entry => {
  const said = {
    stream: item,
    recordedAt: '2026-03-02T10:00:00.000Z',
    actor: 'example-loader',
    commandId: `c${revision}`,
    inputDigest: '',
  };
  const [draft] = draftsOf({ ...envelopeOn(day), ...said }, revision, [its]);
  return { ...draft!, position: `log-${String(revision).padStart(20, '0')}`, version: 1 };
};
const founding: DomainEvent = { type: 'BodyEstablished', data: { name: 'KS', aliases: [], parent: null, period: null } };

const proposal = (
  past: readonly Readonly<{ event: DomainEvent; day: number }>[],
  day: string,
  events: readonly DomainEvent[],
): Proposal => {
  const entries = [entryOn('2009-01-01', 0, founding), ...past.map((one, index) => entryOn(dayOf(one.day), index + 1, one.event))];
  const context: DecisionContext = { ...envelopeOn(day), item, day, today: '2026-03-02', entries, targets: new Map() };
  return { kind, entries, before: foldedOf(kind, entries), events, context };
};

describe('what an entry does to the history of its item', () => {
  it(`is the same by the short way as by the long one, for what comes last (seed ${SEED})`, () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fc.array(dated, { maxLength: 8 }), fc.array(event, { minLength: 1, maxLength: 3 }), (past, events) => {
        const last = proposal(past, '2020-01-01', events);
        const [short, long] = [aftermathOfLast(last), aftermathOfWhole(last)];
        expect(short.refusal?.code).toBe(long.refusal?.code);
        const links = (of: typeof short) => of.newLinks.map(({ relation, source, target }) => ({ relation, source, target }));
        expect(links(short)).toEqual(links(long));
        outcomes.add(short.refusal === null ? `links ${Math.min(short.newLinks.length, 1)}` : 'refused');
      }),
      { seed: SEED, numRuns: 500 },
    );
    // The sequences were worth comparing: all three ends were reached.
    expect([...outcomes].sort()).toEqual(['links 0', 'links 1', 'refused']);
  });

  it(`takes the long way for what does not come last (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(dated, { maxLength: 8 }), dated, (past, one) => {
        const late = proposal(past, dayOf(one.day), [one.event]);
        expect(aftermathOf(late).refusal?.code).toBe(aftermathOfWhole(late).refusal?.code);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('a late ending is in the way of what was recorded for a later day, and says which', () => {
    const renamed = { event: { type: 'BodyRenamed', data: { name: 'A' } }, day: 30 };
    const { refusal } = aftermathOf(proposal([renamed], dayOf(10), [{ type: 'BodyDissolved', data: {} }]));
    expect(refusal?.code).toBe('CONTRADICTS_LATER');
    expect(refusal?.message.en).toContain(`${item}@1`);
  });
});
