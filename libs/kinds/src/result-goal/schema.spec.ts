import type { Parsed } from '@saksgang/kernel';
import { resultGoal } from './index.js';

const codes = (parsed: Parsed<object>) => (parsed.ok ? [] : parsed.issues.map(({ path, code }) => `${path.join('.')} ${code}`));

describe('the input of a goal', () => {
  const { AssessResultGoal, SetIndicator, MeasureIndicator } = resultGoal.commands;

  it.each([
    [-1, false],
    [0, true],
    [100, true],
    [101, false],
    [0.5, false],
  ])('takes a progress of %s percent: %s', (progress, ok) => {
    expect(AssessResultGoal.parse({ progress }).ok).toBe(ok);
  });
  it('refuses a target that could never be late, and a value that is no number', () => {
    expect(codes(SetIndicator.parse({ name: 'x', target: { value: '80', by: { text: '2020/..', asWritten: null } } }))).toEqual([
      'target.by DATE_WITHOUT_END',
    ]);
    expect(codes(MeasureIndicator.parse({ indicator: '0', value: '42,5' }))).toEqual(['indicator BAD_KEY', 'value BAD_QUANTITY']);
  });
});
