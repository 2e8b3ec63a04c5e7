import { errand } from '../testing/errand.kind.js';
import { date, done, ITEM, linked, opened, OTHER, retracted, stream, unlinked } from '../testing/stream.js';
import { history, NOW } from './history.js';
import { foldLinks } from './shared-folds.js';

describe('Links', () => {
  it('stand from the day they were made until they are ended', () => {
    const entries = stream(
      ['2018-10-01', '2015', opened()],
      [
        '2018-10-02',
        '2016',
        linked(OTHER, { part: '1', targetPart: '2', period: date('2016/2019') }),
        { assertedBy: { body: null, name: 'KS' } },
      ],
      ['2018-10-03', '2017', unlinked('e1')],
    );
    const at = (validAt: string) => foldLinks(errand, ITEM, history(entries, { knownAt: null, validAt }).facts);
    expect(at('2015-12-31')).toEqual([]);
    expect(at('2016-12-31')).toEqual([
      {
        entry: 'e1',
        relation: 'DEPENDS_ON',
        source: ITEM,
        part: '1',
        target: OTHER,
        targetPart: '2',
        period: date('2016/2019'),
        assertedBy: { body: null, name: 'KS' },
        provenance: null,
        day: '2016-12-31',
        declared: false,
      },
    ]);
    expect(at('2017-12-31')).toEqual([]);
  });

  it('stay ended when the end is dated before the beginning', () => {
    const entries = stream(
      ['2018-10-01', '2015', opened()],
      ['2018-10-02', 'unknown', linked(OTHER)],
      ['2018-10-03', '2017', unlinked('e1')],
    );
    expect(foldLinks(errand, ITEM, history(entries, NOW).facts)).toEqual([]);
  });

  it('come back when their end is retracted', () => {
    const entries = stream(
      ['2018-10-01', '2015', opened()],
      ['2018-10-02', '2016', linked(OTHER)],
      ['2018-10-03', '2017', unlinked('e1')],
      ['2018-10-04', '2018', retracted('e2')],
    );
    expect(foldLinks(errand, ITEM, history(entries, NOW).facts)).toHaveLength(1);
  });

  it('that a kind declares follow from its event; an inverse one runs from the other item', () => {
    const entries = stream(['2018-10-01', '2015', opened()], ['2018-10-02', '2016', done(OTHER)]);
    expect(foldLinks(errand, ITEM, history(entries, NOW).facts)).toMatchObject([
      { entry: 'e1', relation: 'REPLACES', source: OTHER, part: '1', target: ITEM, targetPart: '2', declared: true },
    ]);
  });
});
