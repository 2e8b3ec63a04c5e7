import { foldLinks } from '@saksgang/kernel';
import { ASKED, ITEM, OTHER, adopted, after, pointAfter, told } from '../../testing/board-resolution.js';
import { readAs, recorded } from '../../testing/telling.js';
import { pointsAsked, printedText, resolution, type ResolutionEvent } from './index.js';

describe('the points of a document', () => {
  it('have a path for every node, depth first, and take their role from the nearest lead-in', () => {
    const { points } = after(adopted);
    expect([...points.keys()]).toEqual(['1', '2', '2.1', '2.2', '2.3', '2.3.1', '2.3.2', '3', '3.1']);
    expect([...points.values()].map(({ path, depth, parent, role }) => [path, depth, parent, role]).slice(1, 8)).toEqual([
      ['2', 1, null, null],
      ['2.1', 2, '2', 'Som interessepolitisk aktør på kulturfeltet vil KS'],
      ['2.2', 2, '2', 'Som interessepolitisk aktør på kulturfeltet vil KS'],
      ['2.3', 2, '2', 'Som utviklingspartner'],
      ['2.3.1', 3, '2.3', 'Som utviklingspartner'],
      ['2.3.2', 3, '2.3', 'Som utviklingspartner'],
      ['3', 1, null, null],
    ]);
  });
  it('ask for something unless they are premises or lead-ins', () => {
    expect(pointsAsked(after(adopted)).map(({ path }) => path)).toEqual(ASKED);
    expect(pointAfter('1', adopted).state).toBe('NOTHING_TO_DO');
  });
  it('print as their document does, label first', () => {
    expect(printedText(after(adopted).points).split('\n').slice(0, 3)).toEqual([
      '1 KS legger til grunn at det er en dualisme mellom kunstens og kulturens egenverdi.',
      '2 Som interessepolitisk aktør på kulturfeltet vil KS:',
      'Løfte fram lokal og regional kulturpolitikk.',
    ]);
  });
});

describe('a replaced point', () => {
  it('is linked from what replaced it, part to part', () => {
    const replacedBy = { item: OTHER, point: '2', title: 'Kultur i ny tid' };
    const replaced: ResolutionEvent = { type: 'PointClosed', data: { point: '3', closedAs: 'REPLACED', replacedBy, verdict: null } };
    expect(foldLinks(resolution, ITEM, readAs(recorded(ITEM, [adopted, told(replaced, '2019-01-01')])).facts)).toEqual([
      expect.objectContaining({ relation: 'REPLACES', source: OTHER, part: '2', target: ITEM, targetPart: '3', declared: true }),
    ]);
  });
});

describe('the parts of a resolution', () => {
  it('are its points, which an entry may be about', () => {
    expect([
      resolution.hasPart(after(adopted), '2.3.1'),
      resolution.hasPart(after(adopted), '2.3.3'),
      resolution.hasPart({ status: 'unknown' }, '1'),
    ]).toEqual([true, false, false]);
    expect(resolution.partOf({ type: 'PointReopened', data: { point: '3' } })).toBe('3');
    expect(resolution.partOf({ type: 'ResolutionClosed', data: {} })).toBeNull();
  });
  it('move on the timeline, while another wording of the same does not', () => {
    expect(resolution.onTimeline({ type: 'PointReported', data: { point: '3', text: 'Utlyst.' } })).toBe(true);
    expect(resolution.onTimeline({ type: 'TextVariantAdded', data: { medium: 'LETTER', title: null, text: 'x' } })).toBe(false);
  });
});
