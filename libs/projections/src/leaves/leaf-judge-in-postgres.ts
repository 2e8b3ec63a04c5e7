import type { Postgres } from '@saksgang/database';
import { faceSchemaOf } from '../faces/faces-in-postgres.js';
import { projectionsOf } from '../read-side.js';
import { openFace } from '../sharing/shared-read-side.js';
import { SHARED_SCHEMA, schemaOf } from '../sharing/schemas.js';
import { judgedBy, judgeWhenReady, type Found, type LeafJudge, type LeafJudgeParts } from './leaf-judge.js';

/** By the read models that instances share in PostgreSQL. `url`: a secret. @throws CannotJudge, PostgresUnusable */
export const openSharedLeafJudge = (parts: LeafJudgeParts & Readonly<{ url: string }>): Promise<LeafJudge> =>
  judgeWhenReady(parts, () => look(parts));

const look = async ({ url, face, registry, clock }: LeafJudgeParts & Readonly<{ url: string }>): Promise<Found | string> => {
  const projections = projectionsOf(registry);
  const schemas = judgedBy(projections).map(schemaOf);
  const opened: Postgres[] = [];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0)) await one.close();
  };
  const { read } = await openFace(url, face, projections, clock, opened);
  const [reader] = opened;
  try {
    const needed = [...schemas.map((schema) => `${schema}.reached`), `${faceSchemaOf(face, projections)}.entries`, FOLLOWED];
    const there = await reader?.query<{ there: boolean }>(
      'SELECT bool_and(to_regclass(n) IS NOT NULL) AS there FROM unnest($1::text[]) n',
      [needed],
    );
    if (reader !== undefined && there?.rows[0]?.there === true) {
      const [log] = (await reader.query<{ log_id: string }>(`SELECT log_id FROM ${FOLLOWED}`)).rows;
      const each = schemas.map((schema) => `SELECT ordinal FROM ${schema}.reached`).join(' UNION ALL ');
      const { rows } = await reader.query<{ ordinal: number }>(each);
      return { read, logId: log?.log_id ?? null, ordinals: rows.map(({ ordinal }) => ordinal), close };
    }
  } catch (problem) {
    await close();
    throw problem;
  }
  await close();
  return 'of this version of the program are not there';
};
const FOLLOWED = `${SHARED_SCHEMA}.followed_log`;
