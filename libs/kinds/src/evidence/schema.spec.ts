import type { Parsed } from '@saksgang/kernel';
import { evidence } from './index.js';

const codes = (parsed: Parsed<object>) => (parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path.join('.')} ${code}`));

describe('the input of evidence', () => {
  const { StateEvidence, SourceEvidence, CorrectEvidence } = evidence.commands;

  it('takes a claim alone, verbatim, with everything else unsaid', () => {
    expect(StateEvidence.parse({ claim: '  1 av 3 elever\nhar ikke fullført' })).toEqual({
      ok: true,
      value: { type: 'StateEvidence', claim: '  1 av 3 elever\nhar ikke fullført', caption: null, values: [], chain: [], projects: [] },
    });
  });
  it('refuses a figure that says nothing, and one that is no number', () => {
    expect(codes(StateEvidence.parse({ claim: 'x', values: [{ unit: 'personer' }, { value: '290 000' }] }))).toEqual([
      'values.0 EMPTY_VALUE',
      'values.1.value BAD_QUANTITY',
    ]);
  });
  it('takes a figure that is only as written', () => {
    expect(StateEvidence.parse({ claim: 'x', values: [{ asWritten: 'en rekke' }] })).toMatchObject({ ok: true });
  });
  it('refuses a source that says nothing, and no sources at all', () => {
    expect(codes(StateEvidence.parse({ claim: 'x', chain: [{}] }))).toEqual(['chain.0 EMPTY_SOURCE']);
    expect(codes(SourceEvidence.parse({ sources: [] }))).toEqual(['sources REQUIRED']);
  });
  it('refuses one key for two figures, given and stored', () => {
    const values = [
      { key: '1', value: '1' },
      { key: '1', value: '2' },
    ];
    expect(codes(CorrectEvidence.parse({ values }))).toEqual(['values DUPLICATE_KEY']);
    const stored = values.map((value) => ({
      asWritten: null,
      unit: null,
      population: null,
      jurisdiction: null,
      year: null,
      qualifier: null,
      ...value,
    }));
    expect(codes(evidence.events.EvidenceCorrected.parse({ claim: null, values: stored, text: null }))).toEqual(['values DUPLICATE_KEY']);
  });
  it('takes at most a hundred figures', () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => ({ value: String(index) }));
    expect(StateEvidence.parse({ claim: 'x', values: values(100) }).ok).toBe(true);
    expect(codes(StateEvidence.parse({ claim: 'x', values: values(101) }))).toEqual(['values TOO_MANY']);
  });
});
