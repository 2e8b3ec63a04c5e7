import {
  type LETTER,
  OTHER,
  adopted,
  after,
  closedAs,
  codeOf,
  everyPointClosed,
  other,
  point,
  recordedAs,
  resolutionClosed,
  say,
  summaryOf,
  told,
} from '../../testing/board-resolution.js';
import type { AskedChange, PointChange, ResolutionEvent } from './index.js';

const amendedWith = (...changes: readonly PointChange[]): ResolutionEvent => ({
  type: 'ResolutionAmended',
  data: { by: null, byTitle: null, changes },
});

describe('a resolution is amended', () => {
  const amend = (...changes: readonly AskedChange[]) => say([adopted], { type: 'AmendResolution', by: null, changes });
  const reword: PointChange & AskedChange = { change: 'REWORDED', point: '3', text: 'KS tilsetter to.' };

  it('produces the changes, with the title of the resolution that makes them', () => {
    expect(say([adopted], { type: 'AmendResolution', by: OTHER, changes: [reword] }, { targets: [other()] })).toEqual([
      { type: 'ResolutionAmended', data: { by: OTHER, byTitle: 'Kultur i ny tid', changes: [reword] } },
    ]);
  });
  it('gives a new point the next path under its parent, in document order, and never shifts another', () => {
    const state = after(
      adopted,
      told(
        amendedWith({ change: 'ADDED', path: '2.4', added: point('COMMITMENT', 'Nytt.', { points: [point('MEASURE', 'Under.')] }) }),
        '2019-01-01',
      ),
    );
    expect([...state.points.keys()]).toEqual(['1', '2', '2.1', '2.2', '2.3', '2.3.1', '2.3.2', '2.4', '2.4.1', '3', '3.1']);
    expect([state.amended, summaryOf(adopted, told(amendedWith(reword), '2019-01-01')).state]).toEqual([true, 'AMENDED']);
  });
  it('lets a later change build on an earlier one of the same amendment', () => {
    expect(
      codeOf(
        amend(
          { change: 'ADDED', parent: null, added: point('MEASURE', 'Nytt.') },
          { change: 'ADDED', parent: '4', added: point('MEASURE', 'Under.') },
        ),
      ),
    ).toBeNull();
    expect(codeOf(amend({ change: 'STRUCK', point: '3' }, { change: 'ADDED', parent: '3.1', added: point('MEASURE', 'Nytt.') }))).toBe(
      'POINT_STRUCK',
    );
  });
  it('keeps the path of a struck point taken', () => {
    const state = after(
      adopted,
      told(amendedWith({ change: 'STRUCK', point: '3' }, { change: 'ADDED', path: '4', added: point('MEASURE', 'Nytt.') }), '2019-01-01'),
    );
    expect([state.points.get('3')?.struck, state.points.get('3.1')?.state, state.points.get('4')?.text]).toEqual([
      true,
      'NOTHING_TO_DO',
      'Nytt.',
    ]);
  });
  it('strikes a point with all below it and nothing beside it, and what is struck no longer waits for anyone', () => {
    const points = Array.from({ length: 11 }, (_, index) => point('MEASURE', `Tiltak ${index + 1}.`));
    const wide = told(recordedAs('ADOPTED', points), '2018-10-03');
    const struck = told(amendedWith({ change: 'STRUCK', point: '1' }), '2019-01-01');
    expect([...after(wide, struck).points.values()].filter(({ struck: gone }) => gone).map(({ path }) => path)).toEqual(['1']);
    const rest = points.slice(1).map((_, index) => told(closedAs(String(index + 2)), '2019-01-02'));
    expect(say([wide, struck, ...rest], { type: 'CloseResolution' })).toHaveLength(1);
  });
  it('knows a resolution that amends it twice as one', () => {
    const amending = told({ type: 'ResolutionAmended', data: { by: OTHER, byTitle: 'X', changes: [reword] } }, '2019-01-01');
    expect(after(adopted, amending, amending).amendedBy).toEqual([OTHER]);
  });
  it('gives the points below a reworded lead-in their new role', () => {
    const state = after(adopted, told(amendedWith({ change: 'REWORDED', point: '2', text: 'Som pådriver vil KS :' }), '2019-01-01'));
    expect([state.points.get('2.1')?.role, state.points.get('2.3.1')?.role]).toEqual(['Som pådriver vil KS', 'Som utviklingspartner']);
  });
  it('refuses a point that is not there, one that is struck, and an amendment that says nothing', () => {
    expect(codeOf(amend({ change: 'REWORDED', point: '9', text: 'x' }))).toBe('UNKNOWN_POINT');
    expect(codeOf(amend({ change: 'STRUCK', point: '3' }, { change: 'STRUCK', point: '3.1' }))).toBe('POINT_STRUCK');
    expect(codeOf(amend())).toBe('NOTHING_AMENDED');
  });
  it('refuses a tree that becomes too deep or too large, counting what stands there', () => {
    const nested = (levels: number): (typeof LETTER)[number] => point('MEASURE', 'x', { points: levels === 1 ? [] : [nested(levels - 1)] });
    const many = (count: number) => point('MEASURE', 'x', { points: Array.from({ length: count - 1 }, () => point('MEASURE', 'y')) });
    expect(codeOf(amend({ change: 'ADDED', parent: '2.3.1', added: nested(13) }))).toBeNull();
    expect(codeOf(amend({ change: 'ADDED', parent: '2.3.1', added: nested(14) }))).toBe('TOO_DEEP');
    expect(codeOf(amend({ change: 'ADDED', parent: '3', added: many(2000 - 9) }))).toBeNull();
    expect(codeOf(amend({ change: 'ADDED', parent: '3', added: many(2000 - 8) }))).toBe('TOO_MANY_POINTS');
  });
  it('stays quiet when the words are the same and nobody new amends', () => {
    const same: PointChange & AskedChange = {
      change: 'REWORDED',
      point: '3.1',
      text: 'Legge til rette for kompetanseutvikling og nettverk.',
    };
    expect(amend(same)).toEqual([]);
    expect(say([adopted], { type: 'AmendResolution', by: OTHER, changes: [same] }, { targets: [other()] })).toHaveLength(1);
  });
  it('brings a closed resolution back into follow-up when it gets a point that asks for something', () => {
    const closed = [adopted, ...everyPointClosed('2019-01-01'), told(resolutionClosed, '2019-01-02')];
    expect(after(...closed, told(amendedWith(reword), '2019-02-01')).status).toBe('closed');
    expect(after(...closed, told(amendedWith({ change: 'ADDED', path: '4', added: point('MEASURE', 'Nytt.') }), '2019-02-01')).status).toBe(
      'adopted',
    );
  });
});
