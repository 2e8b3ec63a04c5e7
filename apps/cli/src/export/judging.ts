import { join } from 'node:path';
import { registry } from '@saksgang/kinds';
import {
  CannotJudge,
  faceOf,
  openLeafJudge,
  openSharedLeafJudge,
  READ_MODELS_FILE,
  type Face,
  type LeafJudge,
} from '@saksgang/projections';
import type { ReadableLog } from '@saksgang/recording';
import { machineClock, machineScheduler } from '../machine.js';
import { databaseUrlOf } from '../shared-stores.js';
import type { Terminal } from '../terminal.js';

/** Whom an export can be for: each is shown what one in that role sees. */
export const READERS = ['public', 'steering', 'auditor'] as const;
export type Reader = (typeof READERS)[number];
export const faceOfReader = (reader: Reader): Face => faceOf(reader);

/** Of the entries with these numbers, those of which the reader gets the leaf. */
export type Told = LeafJudge['told'];
export type Judge = LeafJudge;

/** Those who see everything are told everything: no read model is asked for them. */
const EVERYTHING: Judge = { told: (ordinals) => Promise.resolve(new Set(ordinals)), close: () => Promise.resolve() };

/** By the read models of these settings, beside a running server or without one. @throws Error that says what to do when they cannot tell */
export const openJudge = async (reader: Reader, dataDir: string, log: ReadableLog, terminal: Terminal): Promise<Judge> => {
  const face = faceOfReader(reader);
  if (face === 'INTERNAL') return EVERYTHING;
  const parts = { face, log, registry, clock: machineClock, scheduler: machineScheduler };
  const url = databaseUrlOf(terminal);
  try {
    return await (url === null
      ? openLeafJudge({ ...parts, file: join(dataDir, READ_MODELS_FILE) })
      : openSharedLeafJudge({ ...parts, url }));
  } catch (problem) {
    if (!(problem instanceof CannotJudge)) throw problem;
    throw new Error(
      `What may be seen cannot be told, so nothing was exported. ${problem.message} Start the server, or where none runs build them ` +
        'with: npm run cli -- rebuild. Then export again. (--for auditor shows everything, and asks no read model.)',
      { cause: problem },
    );
  }
};
