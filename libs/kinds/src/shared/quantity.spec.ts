import { parserOf, quantity } from '../schema/index.js';
import { compareQuantities, quantityLabel } from './quantity.js';

describe('quantities', () => {
  it.each([
    ['42.5', '42.50', 0],
    ['1/3', '0.333333333333333333', 1],
    ['1/3', '2/6', 0],
    ['-2', '1', -1],
    ['-1.5', '-1.4', -1],
    ['900000000000000000000000000001', '900000000000000000000000000000', 1],
  ])('compares %s with %s exactly', (one, other, sign) => {
    expect(compareQuantities(one, other)).toBe(sign);
    expect(compareQuantities(other, one)).toBe(sign === 0 ? 0 : -sign);
  });

  it.each([
    ['290000', null, 'personer', '290\u00a0000\u00a0personer', '290,000\u00a0personer'],
    ['4200', null, null, '4200', '4200'],
    ['-42.5', null, '%', '−42,5\u00a0%', '−42.5\u00a0%'],
    ['1/3', null, null, '1 av 3', '1 in 3'],
    ['290000', '290 000', 'barn', '290 000\u00a0barn', '290 000\u00a0barn'],
    ['42', '42%', '%', '42%', '42%'],
    [null, 'en rekke', null, 'en rekke', 'en rekke'],
  ])('writes %s, written «%s», in %s', (value, asWritten, unit, nb, en) => {
    expect(quantityLabel(value, asWritten, unit)).toMatchObject({ nb, nn: nb, en });
  });

  it.each(['0', '-0.5', '65.0', '290000', '1/3', '0/5', '9'.repeat(30)])('keeps %s as it is', (given) => {
    expect(parserOf(quantity)(given)).toEqual({ ok: true, value: given });
  });
  it.each(['', '42,5', '290 000', '1e6', '007', '.5', '5.', '1/0', '1/2/3', '42%', '9'.repeat(31), `0.${'1'.repeat(19)}`])(
    'refuses «%s», and says how a number is written',
    (given) => {
      expect(parserOf(quantity)(given)).toMatchObject({ ok: false, issues: [{ code: 'BAD_QUANTITY' }] });
    },
  );
});
