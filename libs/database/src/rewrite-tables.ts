import type { Postgres } from './postgres.js';

const LOCK_MS_MAX = 500; // ms a rewriting waits for a table: everybody who reads it waits as long behind it
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Writes these tables anew, so that no page of theirs holds a row that was deleted or changed. False when somebody reads them, or has
 * begun reading before those rows went and may yet see them: call it again. What lies in the server's write-ahead log and in backups
 * stays there.
 */
export const rewriteTables = async (database: Pick<Postgres, 'hold'>, tables: readonly string[]): Promise<boolean> => {
  const connection = await database.hold();
  try {
    // The server tells how many dead rows it had to copy; where it does not tell, they count as there.
    let kept: number | null = null;
    connection.noticed((detail) => {
      const [count] = /\d+/.exec(detail) ?? [];
      if (count !== undefined) kept = Math.max(kept ?? 0, Number(count));
    });
    await connection.exec(`SET lock_timeout = ${LOCK_MS_MAX}`);
    for (const table of tables) {
      kept = null;
      await connection.exec(`VACUUM (FULL, VERBOSE) ${table}`);
      if (kept !== 0) return false;
    }
    return true;
  } catch (problem) {
    if ((problem as { code?: unknown } | null)?.code === LOCK_NOT_AVAILABLE) return false;
    throw problem;
  } finally {
    await connection.close();
  }
};
