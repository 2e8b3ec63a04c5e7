import { labels, same, type Labels } from '@saksgang/kernel';
import { NOTHING_SAID, joined } from './wording.js';

/** A decimal or a ratio as text («42.5», «1/3»). */
export type Quantity = string;

/** As one fraction: numerator and a denominator above 0. */
const fractionOf = (quantity: Quantity): readonly [bigint, bigint] => {
  const [over = '0', under] = quantity.split('/');
  if (under !== undefined) return [BigInt(over), BigInt(under)];
  const [whole = '0', decimals = ''] = over.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
};

/** Below 0, 0 or above 0, as `one` is less than, equal to or more than `other`; exact. */
export const compareQuantities = (one: Quantity, other: Quantity): number => {
  const [over, under] = fractionOf(one);
  const [otherOver, otherUnder] = fractionOf(other);
  const [left, right] = [over * otherUnder, otherOver * under];
  return left < right ? -1 : left > right ? 1 : 0;
};

const THIN = '\u00a0'; // no-break space: a number stays on one line
const grouped = (whole: string, mark: string): string => (whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, mark));

/** «290 000», «42,5» and «1 av 3» in Norwegian; «290,000», «42.5» and «1 in 3» in English. */
const numberLabel = (quantity: Quantity): Labels => {
  const [over = '', under] = quantity.split('/');
  if (under !== undefined) return labels(`${over} av ${under}`, `${over} av ${under}`, `${over} in ${under}`);
  const minus = over.startsWith('-') ? '−' : '';
  const [whole = '', decimals] = over.replace('-', '').split('.');
  const norwegian = `${minus}${grouped(whole, THIN)}${decimals === undefined ? '' : `,${decimals}`}`;
  return labels(norwegian, norwegian, `${minus}${grouped(whole, ',')}${decimals === undefined ? '' : `.${decimals}`}`);
};

/** In the source’s own words where they are kept; the unit follows unless those words hold it already. */
export const quantityLabel = (value: Quantity | null, asWritten: string | null, unit: string | null): Labels => {
  const number = asWritten !== null ? same(asWritten) : value === null ? NOTHING_SAID : numberLabel(value);
  return unit === null || asWritten?.includes(unit) === true ? number : joined([number, same(unit)], THIN);
};
