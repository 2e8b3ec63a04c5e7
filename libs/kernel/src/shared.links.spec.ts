import { date, done, ITEM, linked, opened, OTHER, retracted, stream, unlinked, type Told } from '../testing/stream.js';
import { decided, viewOf } from '../testing/shared.view.js';
import { errand } from '../testing/errand.kind.js';
import { history, NOW } from './history.js';
import { withProposed } from './proposed.js';
import { RELATIONS } from './relation.js';
import { RELATIONS_WITH_A_COMMAND, type Link } from './shared.decider.js';
import { foldLinks } from './shared-folds.js';

const start: Told = ['2018-10-05', '../2018-10-03', opened()];
const link = (more: Partial<Link> = {}): Link => ({
  type: 'Link',
  relation: 'DEPENDS_ON',
  target: OTHER,
  targetPart: null,
  part: null,
  period: null,
  ...more,
});

describe('Linking', () => {
  it('makes a link, to a part and from a part, in a period', () => {
    const command = link({ part: '2', targetPart: '2.3', period: date('2016/2019') });
    const { type: _, ...data } = command;
    expect(decided([start], command)).toEqual([{ type: 'Linked', data }]);
  });

  it('stays quiet when the link already stands', () => {
    expect(decided([start, ['2018-10-06', '2018', linked(OTHER, { period: date('2016') })]], link())).toEqual([]);
    expect(decided([start, ['2018-10-06', '2018', linked(OTHER, { period: date('2016') })]], link({ period: date('2016') }))).toEqual([]);
  });

  const ks = { body: null, name: 'KS' };
  it.each<[string, Told[], Partial<Link>]>([
    ['another period', [['2018-10-06', '2018', linked(OTHER, { period: date('2016') })]], { period: date('2017') }],
    ['another relation', [['2018-10-06', '2018', linked(OTHER)]], { relation: 'SERVES' }],
    ['another part', [['2018-10-06', '2018', linked(OTHER)]], { part: '1' }],
    [
      'one that was ended',
      [
        ['2018-10-06', '2018', linked(OTHER)],
        ['2018-10-07', '2018', unlinked('e1')],
      ],
      {},
    ],
    [
      'one that was retracted',
      [
        ['2018-10-06', '2018', linked(OTHER)],
        ['2018-10-07', '2018', retracted('e1')],
      ],
      {},
    ],
  ])('makes %s', (_, told, more) => {
    expect(decided([start, ...told], link(more))).toHaveLength(1);
  });

  it('records the same link again when another party asserts it', () => {
    const told: Told[] = [start, ['2018-10-06', '2018', linked(OTHER), { assertedBy: ks }]];
    expect(decided(told, link(), { assertedBy: ks })).toEqual([]);
    expect(decided(told, link(), { assertedBy: { body: null, name: 'Stortinget' } })).toHaveLength(1);
  });

  it.each(RELATIONS.filter((relation) => RELATIONS_WITH_A_COMMAND.includes(relation)))(
    'refuses %s: a command makes that link',
    (relation) => {
      expect(decided([start], link({ relation }))).toBe('RELATION_HAS_ITS_COMMAND');
    },
  );

  it('refuses a link to itself, and to its own part, but not between two parts', () => {
    expect(decided([start], link({ target: ITEM }))).toBe('LINK_TO_ITSELF');
    expect(decided([start], link({ target: ITEM, targetPart: '1' }))).toBe('LINK_TO_ITSELF');
    expect(decided([start], link({ target: ITEM, part: '1', targetPart: '1' }))).toBe('LINK_TO_ITSELF');
    expect(decided([start], link({ target: ITEM, part: '1', targetPart: '2' }))).toHaveLength(1);
  });

  it('refuses a part the item has not', () => {
    expect(decided([start], link({ part: '3' }))).toBe('UNKNOWN_POINT');
    expect(decided([start], { type: 'AddNote', text: 'fint', part: '3' })).toBe('UNKNOWN_POINT');
  });
});

describe('Unlinking', () => {
  const told: Told[] = [start, ['2018-10-06', '2018', linked(OTHER)]];

  it('ends the link', () => {
    expect(decided(told, { type: 'Unlink', link: 'e1' })).toEqual([unlinked('e1')]);
    const after = history(withProposed(stream(...told), [unlinked('e1')], viewOf(told).context), NOW);
    expect(foldLinks(errand, ITEM, after.facts)).toEqual([]);
  });

  it('stays quiet when it is ended or retracted already', () => {
    expect(decided([...told, ['2018-10-07', '2018', unlinked('e1')]], { type: 'Unlink', link: 'e1' })).toEqual([]);
    expect(decided([...told, ['2018-10-07', '2018', retracted('e1')]], { type: 'Unlink', link: 'e1' })).toEqual([]);
  });

  it('refuses an entry that is not there, and one that is no link', () => {
    expect(decided(told, { type: 'Unlink', link: 'e9' })).toBe('UNKNOWN_ENTRY');
    expect(decided([...told, ['2018-10-07', '2018', done(OTHER)]], { type: 'Unlink', link: 'e2' })).toBe('NOT_A_LINK');
  });
});
