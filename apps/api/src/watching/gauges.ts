import { type Clock } from '@saksgang/kernel';
import { Gauge, type Registry } from 'prom-client';
import { type OpenedRecord } from '../record.js';

const MS = 1_000; // ms of a second
const LOG_READ_MS = 1_000; // ms in which the log must tell of an entry; else nothing is told of its age

export type Measured = Pick<OpenedRecord, 'reading' | 'recording' | 'runner' | 'store'> & Readonly<{ clock: Clock }>;

type Progress = Awaited<ReturnType<Measured['reading']['progress']>>[number];

/** Asked for when they are looked at, not before. */
export const measureRecord = (registry: Registry, { reading, recording, runner, store, clock }: Measured): void => {
  const registers = [registry];
  const secondsSince = (instant: string): number => Math.max(0, (Date.parse(clock.now()) - Date.parse(instant)) / MS);
  /** How long the entry right after a position has stood in the log; 0 where there is none. */
  const ageAfter = async (position: Parameters<typeof store.follow>[0]['after']): Promise<number> => {
    const signal = AbortSignal.timeout(LOG_READ_MS);
    for await (const { events, caughtUp } of store.follow({ after: position, signal, batch: 1 })) {
      const [oldest] = events;
      if (oldest) return secondsSince(oldest.recordedAt);
      if (caughtUp) return 0;
    }
    return Number.NaN;
  };
  const ofProjections = (name: string, help: string, tell: (one: Progress) => number | Promise<number>): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ['projection'],
      registers,
      async collect() {
        for (const one of await reading.progress()) this.set({ projection: one.projection }, await tell(one));
      },
    });
  ofProjections('saksgang_projection_lag_entries', 'Entries of the log that a projection has yet to take', ({ lag }) => lag);
  ofProjections(
    'saksgang_projection_lag_seconds',
    'Age of the oldest entry that a projection has yet to take; NaN where the log does not tell',
    ({ lag, position }) => (lag === 0 ? 0 : ageAfter(position).catch(() => Number.NaN)),
  );
  const fed: Gauge = new Gauge({
    name: 'saksgang_projection_fed_here',
    help: '1 where this process feeds the projection: of those that share it one does',
    labelNames: ['projection'],
    registers,
    collect: () => runner.progress().forEach(({ projection, here }) => fed.set({ projection }, here ? 1 : 0)),
  });
  ofProjections('saksgang_projection_stopped', '1 where a projection has stopped at an entry it cannot read', ({ stopped }) =>
    stopped === null ? 0 : 1,
  );
  const usable: Gauge = new Gauge({
    name: 'saksgang_read_models_ok',
    help: '1 where the read models can be asked: their database answers, and they have come as far as the log was at the start',
    registers,
    collect: () => usable.set(runner.trouble() === null ? 1 : 0),
  });
  const age: Gauge = new Gauge({
    name: 'saksgang_checkpoint_age_seconds',
    help: 'Age of the newest signed checkpoint; NaN before the first',
    registers,
    collect: async () => {
      age.set((await recording.checkpointAge()) ?? Number.NaN);
    },
  });
  const indexed: Gauge = new Gauge({
    name: 'saksgang_record_indexed_entries',
    help: 'Entries whose hashes are in the tree',
    registers,
    collect: () => indexed.set(recording.size()),
  });
  const signed: Gauge = new Gauge({
    name: 'saksgang_record_signed_entries',
    help: 'Entries under the newest checkpoint',
    registers,
    collect: async () => signed.set((await recording.checkpoint())?.size ?? 0),
  });
};
