import { z } from 'zod';
import { title } from './text.js';
import { itemId } from './values.js';

/** Another item with its title as it was when the entry was recorded. */
export const namedItem = (...kinds: readonly string[]) => z.strictObject({ item: itemId(...kinds), title });
