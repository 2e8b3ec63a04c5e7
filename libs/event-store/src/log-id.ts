import type { Random } from '@saksgang/kernel';

const LOG_ID_BYTES = 8; // bytes of randomness: 16 hexadecimal characters

/** Names a new log. Without a hyphen, so that a position splits in one way only. */
export const newLogId = (random: Random): string => Buffer.from(random.bytes(LOG_ID_BYTES)).toString('hex');
export const isLogId = (text: string): boolean => /^[0-9a-f]{8,64}$/.test(text);
