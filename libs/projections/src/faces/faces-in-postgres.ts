import { createHash } from 'node:crypto';
import type { Projection } from '../projection.js';
import { schemaOf } from '../sharing/schemas.js';
import type { Face } from './face.js';
import { foldInPostgres } from './fold-in-postgres.js';
import { ASKING_DAY, viewsOf } from './views.js';

type Tables = readonly Pick<Projection, 'name' | 'version' | 'tables'>[];

/** The setting of a session that says on which day in Oslo it asks. */
export const ASKING_DAY_SETTING = `saksgang.${ASKING_DAY}`;
const DIGEST_CHARS = 8; // hexadecimal digits: a few editions must differ, no more

/** Where a face's views lie, of this edition of the projections and of the views themselves: `sg_face_public_1f2e3d4c`. */
export const faceSchemaOf = (face: Face, projections: Tables): string => `sg_face_${face.toLowerCase()}_${editionOf(face, projections)}`;

const editionOf = (face: Face, projections: Tables): string =>
  createHash('sha256')
    .update(JSON.stringify([projections.map(schemaOf), face === 'INTERNAL' ? [] : [...viewsOf(face)], foldInPostgres('')]))
    .digest('hex')
    .slice(0, DIGEST_CHARS);

/** Where a connection of this face looks for bare names: in its views first, so that no query can reach past them. */
export const searchPathOf = (face: Face, projections: Tables): readonly string[] => [
  faceSchemaOf(face, projections),
  ...projections.map(schemaOf),
];

/** The statements that make a face, after the projections' schemas. They may be run again. */
export const createFace = (face: Face, projections: Tables): string => {
  const schema = faceSchemaOf(face, projections);
  const tablesOf = new Map(projections.map((projection) => [projection.name, schemaOf(projection)]));
  const inPostgres = (view: string): string =>
    view
      .replaceAll('THEN JOIN', 'JOIN')
      .replaceAll(`${ASKING_DAY}()`, `${schema}.${ASKING_DAY}()`)
      .replace(/\b([a-z]+)_rows\./gu, (_, name: string) => `${tablesOf.get(name) ?? name}.`);
  return [
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    foldInPostgres(schema),
    // A session that does not say its day is told nothing.
    `CREATE OR REPLACE FUNCTION ${schema}.${ASKING_DAY}() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $day$ SELECT current_setting('${ASKING_DAY_SETTING}') $day$`,
    ...(face === 'INTERNAL' ? [] : [...viewsOf(face)]).map(
      ([name, view]) => `CREATE OR REPLACE VIEW ${schema}.${name} AS ${inPostgres(view)}`,
    ),
  ].join(';\n');
};
