import { isSqliteFileThere, openStandingDatabase, type StandingDatabase } from '@saksgang/database';
import type { ReadTables } from '../read-tables.js';
import { narrowFaces, projectionsOf, READ_FUNCTIONS } from '../read-side.js';
import { rowsFile, schemaOf, shapeOf } from '../running/read-models.js';
import { judgedBy, judgeWhenReady, type Found, type LeafJudge, type LeafJudgeParts as Parts } from './leaf-judge.js';

export type LeafJudgeParts = Parts & Readonly<{ file: string }>;

type Kept = Readonly<{ name: string; version: number; shape: string; generation: number }>;

/** By the read models in this file, beside a running server or without one. @throws CannotJudge */
export const openLeafJudge = (parts: LeafJudgeParts): Promise<LeafJudge> => judgeWhenReady(parts, () => look(parts));

const look = async ({ file, face, clock, registry }: LeafJudgeParts): Promise<Found | string> => {
  if (!isSqliteFileThere(file)) return 'are not there';
  const database = openStandingDatabase<ReadTables>({ file, functions: READ_FUNCTIONS }, narrowFaces(clock)[face]);
  try {
    const ordinals = judgedBy(projectionsOf(registry)).map((projection) => {
      const kept = database.file
        .prepare<Kept>('SELECT name, version, shape, generation FROM projection WHERE name = ?')
        .get(projection.name);
      if (kept?.version !== projection.version || kept.shape !== shapeOf(projection)) return null;
      return attached(database, kept, rowsFile(file, kept.name, kept.generation));
    });
    const known = ordinals.flatMap((ordinal) => ordinal ?? []);
    if (known.length === ordinals.length) return { read: database.read, logId: logIdIn(database), ordinals: known, close: database.close };
  } catch (problem) {
    await database.close();
    throw problem;
  }
  await database.close();
  return 'are those of another version of this program, or are being built';
};

/** How far the rows go. Null: the file has been replaced by another one since its name was read. */
const attached = (database: StandingDatabase<ReadTables>, { name }: Kept, path: string): number | null => {
  if (!isSqliteFileThere(path)) return null;
  database.attach(schemaOf(name), path);
  return database.file.prepare<{ ordinal: number }>(`SELECT ordinal FROM ${schemaOf(name)}.reached`).get()?.ordinal ?? null;
};

const logIdIn = ({ file }: StandingDatabase<ReadTables>): string | null =>
  file.prepare<{ value: string }>("SELECT value FROM meta WHERE key = 'log_id'").get()?.value ?? null;
