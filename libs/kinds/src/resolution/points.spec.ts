import { ASKED, adopted, after, pointAfter } from '../../testing/board-resolution.js';
import { pointsAsked, printedText } from './index.js';

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
