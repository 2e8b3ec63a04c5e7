import type { Position } from '@saksgang/kernel';

const WIDTH = 20; // digits: any 64-bit number

/** `<log id>-<20 digits>`: compares bytewise within one log. */
export const positionOf = (logId: string, ordinal: number | bigint): Position => `${logId}-${ordinal.toString().padStart(WIDTH, '0')}`;

/** The number in a position of this log, or null when it is not one. Exact up to 2^53 − 1, beyond which it answers null. */
export const ordinalOf = (logId: string, position: Position): number | null => {
  if (!position.startsWith(`${logId}-`)) return null;
  const digits = position.slice(logId.length + 1);
  if (digits.length !== WIDTH || !/^[0-9]+$/.test(digits)) return null;
  const ordinal = Number(digits);
  return Number.isSafeInteger(ordinal) ? ordinal : null;
};
