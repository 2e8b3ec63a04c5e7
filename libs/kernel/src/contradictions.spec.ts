import { errand } from '../testing/errand.kind.js';
import { corrected, date, done, noted, opened, reopened, retracted, stream, type Told } from '../testing/stream.js';
import { contradictions, history, NOW } from './history.js';

describe('Contradictions', () => {
  const before = stream(['2018-10-01', '2015', opened()], ['2018-10-02', '2018-03-01', done()], ['2018-10-03', '2018-04-01', reopened]);
  const found = (...more: Told[]) => {
    const after = [...before, ...stream(...before.map((): Told => ['2018-10-01', '2015', reopened]), ...more).slice(before.length)];
    return contradictions(errand, history(before, NOW), history(after, NOW)).map((fact) => fact.entry);
  };

  it('are later facts that a late entry puts out of place', () => {
    expect(found(['2018-10-05', '2017', done()])).toEqual(['e1']);
  });

  it('are the new entry itself when it does not fit where it falls', () => {
    expect(found(['2018-10-05', '2017', reopened])).toEqual(['e3']);
  });

  it('are what a retraction or a new date leaves out of place', () => {
    expect(found(['2018-10-05', '2018', retracted('e1')])).toEqual(['e2']);
    expect(found(['2018-10-05', '2018', corrected('e2', { occurred: date('2018-02') })])).toEqual(['e2']);
  });

  it('are none where all stays in place, and shared facts are never asked', () => {
    expect(found(['2018-10-05', '2018-10-05', done()], ['2018-10-05', '2016', noted('fint')])).toEqual([]);
  });

  it('are not those that stood out of place before', () => {
    const wrong = stream(['2018-10-01', '2015', opened()], ['2018-10-02', '2016', reopened]);
    const more = [
      ...wrong,
      ...stream(['2018-10-01', '2015', opened()], ['2018-10-02', '2016', reopened], ['2018-10-03', '2017', done()]).slice(2),
    ];
    expect(contradictions(errand, history(wrong, NOW), history(more, NOW))).toEqual([]);
  });
});
