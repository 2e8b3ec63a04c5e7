import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOfFile } from './whole-directory.js';

/** What a backup says of itself: without it, or against it, a directory is no backup. */
export const BACKUP_MANIFEST = 'manifest.json';
const FORMAT = 'saksgang-backup';
const VERSION = 1;

const files = z.array(z.object({ name: z.string().regex(/^[\w.-]+$/), bytes: z.number().int().min(0), sha256: z.string().length(64) }));
const schema = z.discriminatedUnion('holds', [
  z.object({
    holds: z.literal('record'),
    madeAt: z.string(),
    /** The log it was made of. */
    logId: z.string(),
    entries: z.number().int().min(0),
    /** Over all entries, base64. */
    root: z.string(),
    /** How many entries its newest checkpoint is of; null where none had been signed. */
    signed: z.number().int().nullable(),
    files,
  }),
  z.object({ holds: z.literal('keys'), madeAt: z.string(), files }),
]);
export type BackupManifest = Readonly<z.infer<typeof schema>>;
type Said<M> = M extends unknown ? Omit<M, 'files'> : never;

/** It is no backup, not of this kind, or not as it was made. */
export class NotABackup extends Error {
  override readonly name = 'NotABackup';
}

/** Writes the manifest of a directory that holds these files. */
export const writeManifest = async (directory: string, names: readonly string[], said: Said<BackupManifest>): Promise<void> => {
  const all = await Promise.all(
    names.map(async (name) => ({ name, bytes: statSync(join(directory, name)).size, sha256: await digestOfFile(join(directory, name)) })),
  );
  const manifest = { format: FORMAT, version: VERSION, ...said, files: all };
  writeFileSync(join(directory, BACKUP_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
};

/** Reads the manifest and holds every file against it. @throws NotABackup */
export const readBackup = async <Holds extends BackupManifest['holds']>(
  directory: string,
  holds: Holds,
): Promise<Extract<BackupManifest, { holds: Holds }>> => {
  const path = join(directory, BACKUP_MANIFEST);
  if (!existsSync(path)) throw new NotABackup(`${directory} is no backup: it has no ${BACKUP_MANIFEST}.`);
  const manifest = parsed(path);
  if (manifest.holds !== holds)
    throw new NotABackup(`${directory} is a backup of the ${manifest.holds === 'keys' ? 'keys' : 'record'}, not of the ${holds}.`);
  for (const { name, bytes, sha256 } of manifest.files) {
    const file = join(directory, name);
    if (statSync(file, { throwIfNoEntry: false })?.size !== bytes || (await digestOfFile(file)) !== sha256)
      throw new NotABackup(`${file} is not as it was when the backup was made: use another backup.`);
  }
  return manifest as Extract<BackupManifest, { holds: Holds }>;
};

const parsed = (path: string): BackupManifest => {
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    throw new NotABackup(`${path} is damaged: use another backup.`);
  }
  if (said['format'] !== FORMAT) throw new NotABackup(`${path} is not of a backup.`);
  if (said['version'] !== VERSION)
    throw new NotABackup(
      `${path} is of version ${String(said['version'])}; this program knows version ${VERSION}: use the program that made it, or a newer one.`,
    );
  const found = schema.safeParse(said);
  if (!found.success) throw new NotABackup(`${path} is damaged: use another backup.`);
  return found.data;
};
