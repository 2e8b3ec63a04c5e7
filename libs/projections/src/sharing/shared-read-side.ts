import {
  openPostgres,
  openPostgresSession,
  openPostgresWriter,
  readPostgres,
  type Asked as AskedOf,
  type Postgres,
} from '@saksgang/database';
import { osloDay, type Clock } from '@saksgang/kernel';
import { ASKING_DAY_SETTING, createFace, faceSchemaOf, searchPathOf } from '../faces/faces-in-postgres.js';
import { FACES, type Face } from '../faces/face.js';
import type { Projection } from '../projection.js';
import type { ReadTables } from '../read-tables.js';
import { projectionsOf, readSideOver, type ReadSide, type ReadSideParts } from '../read-side.js';
import { lockOf } from './schemas.js';
import { openSharedRunner } from './shared-runner.js';

export type SharedReadSideParts = Omit<ReadSideParts, 'file' | 'builders'> &
  Readonly<{
    /** Of the PostgreSQL database that several processes share; a secret. */
    url: string;
    /** Default: those of the house. */
    projections?: readonly Projection[];
  }>;

const NAME = 'saksgang read models';
const CONNECTIONS_MAX = 6; // of one face

/**
 * Opens the read models that lie in PostgreSQL, for this process and others over the same log. Waits, and says so, while no server answers.
 * Nothing is fed until `runner.start()`. @throws PostgresUnusable, AnotherLog
 */
export const openSharedReadSide = async (parts: SharedReadSideParts): Promise<ReadSide> => {
  const { url, scheduler, registry, clock, projections = projectionsOf(registry) } = parts;
  const runner = await openSharedRunner({
    ...parts,
    projections,
    schemas: FACES.map((face) => faceSchemaOf(face, projections)),
    database: {
      session: () => openPostgresSession({ url, applicationName: `${NAME}: session`, scheduler }),
      writer: () => openPostgresWriter({ url, applicationName: `${NAME}: writing` }),
    },
    makeFaces: () => FACES.map((face) => createFace(face, projections)),
  });
  const opened: Postgres[] = [];
  const close = async (): Promise<void> => {
    await runner.stop();
    for (const one of opened.splice(0)) await one.close();
  };
  try {
    const faces = new Map<Face, AskedOf<ReadTables>>();
    for (const face of FACES) faces.set(face, await openFace(url, face, projections, clock, opened));
    const seen = (face: Face): AskedOf<ReadTables> => {
      const asked = faces.get(face);
      if (asked === undefined) throw new Error(`${face} is not open`);
      return asked;
    };
    return readSideOver(parts, { ...seen('INTERNAL'), faces: { STEERING: seen('STEERING'), PUBLIC: seen('PUBLIC') } }, runner, close);
  } catch (problem) {
    await close();
    throw problem;
  }
};

/** Does something that only one of the processes on a database does at a time: the others wait. @throws when they wait for too long */
export const doneAlone = async <T>(
  { url, scheduler }: Pick<SharedReadSideParts, 'url' | 'scheduler'>,
  work: () => Promise<T>,
): Promise<T> => {
  const session = await openPostgresSession({ url, applicationName: `${NAME}: alone`, scheduler });
  try {
    for (let turn = 0; !(await session.tryLock(lockOf('example'))); turn += 1) {
      if (turn === ALONE_TURNS_MAX) throw new Error('another process has been recording the example for too long');
      await scheduler.sleep(ALONE_TURN_MS);
    }
    return await work();
  } finally {
    await session.close();
  }
};

const ALONE_TURNS_MAX = 600; // tries
const ALONE_TURN_MS = 200; // ms between two tries

/** Of a database that somebody has set up. */
export const openFace = async (
  url: string,
  face: Face,
  projections: readonly Projection[],
  clock: Clock,
  opened: Postgres[],
): Promise<AskedOf<ReadTables>> => {
  const searchPath = searchPathOf(face, projections);
  const reader = await openPostgres(url, { name: `${NAME}: ${face}`, connectionsMax: CONNECTIONS_MAX, searchPath, readonly: true });
  opened.push(reader);
  return readPostgres<ReadTables>(reader, { asked: { [ASKING_DAY_SETTING]: () => osloDay(clock.now()) } });
};
