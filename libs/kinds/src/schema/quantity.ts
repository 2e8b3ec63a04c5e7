import { z } from 'zod';
import { found, refusing } from './found.js';

/** A whole or decimal number without needless zeros before it, or a ratio of whole numbers («1/3»): never a float, never rounded. */
const DECIMAL = /^-?(0|[1-9]\d{0,29})(\.\d{1,18})?$/;
const RATIO = /^(0|[1-9]\d{0,29})\/[1-9]\d{0,29}$/;

/** Kept as text, so that «65.0» stays as exact as it was. Issue: BAD_QUANTITY. */
export const quantity = z
  .string()
  .superRefine(
    refusing((given) =>
      DECIMAL.test(given) || RATIO.test(given)
        ? null
        : found(
            'BAD_QUANTITY',
            'is not a number as it is written here: write 290000, 42.5 or 1/3, without spaces and units; the source’s own form goes in asWritten',
          ),
    ),
  );

/** The key of an element that later entries name: a number, given once and never again. Issue: BAD_KEY. */
export const elementKey = z
  .string()
  .superRefine(
    refusing((given) => (/^[1-9]\d{0,8}$/.test(given) ? null : found('BAD_KEY', 'is not a key: it is a number from 1, as «2»'))),
  );
