import { type AdminVerb } from '@saksgang/admin';
import { rebuildNamed } from '@saksgang/projections';
import { z } from 'zod';
import { type OpenedRecord } from './record.js';

const PROJECTIONS_MAX = 100; // names in one question
const rebuildInput = z.object({ projections: z.array(z.string().max(100)).max(PROJECTIONS_MAX) });

/** All that the keeper may ask of a running server. A new verb is one line here. */
export const adminVerbs = ({ runner }: Pick<OpenedRecord, 'runner'>): Readonly<Record<string, AdminVerb>> => ({
  rebuild: async (input) => rebuildNamed(runner, rebuildInput.parse(input).projections),
});
