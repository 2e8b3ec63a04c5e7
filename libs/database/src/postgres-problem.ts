/** What is wrong with the database server, as far as it can be told from here. */
export type PostgresTrouble =
  | 'BAD_ADDRESS' // the setting is no address of a PostgreSQL database
  | 'UNREACHABLE'
  | 'REFUSED' // user or password
  | 'NO_SUCH_DATABASE'
  | 'TOO_OLD'
  | 'NOT_UTF8'
  | 'BUSY'; // it takes no more connections, or is starting or stopping

/** The database cannot be used. Its text names host, port and database, and never a password. */
export class PostgresUnusable extends Error {
  override readonly name = 'PostgresUnusable';
  constructor(
    readonly trouble: PostgresTrouble,
    message: string,
  ) {
    super(message);
  }
}

const UNREACHED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT']); // prettier-ignore
const REFUSED = new Set(['28000', '28P01']);
/** Too many connections, shutting down, crashed, starting. */
const BUSY = new Set(['53300', '57P01', '57P02', '57P03']);
/** As the driver words what has no code. */
const LOST =
  /Connection terminated|connection (?:error|was closed)|timeout exceeded when trying to connect|Query read timeout|not queryable/iu;

const codeOf = (problem: unknown): string => {
  const code = (problem as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** Null: something else than the connection. */
export const troubleOf = (problem: unknown): PostgresTrouble | null => {
  if (problem instanceof PostgresUnusable) return problem.trouble;
  const code = codeOf(problem);
  if (REFUSED.has(code)) return 'REFUSED';
  if (code === '3D000') return 'NO_SUCH_DATABASE';
  if (BUSY.has(code)) return 'BUSY';
  if (UNREACHED.has(code) || code.startsWith('08')) return 'UNREACHABLE';
  if (problem instanceof AggregateError) return 'UNREACHABLE'; // every address of a name
  return code === '' && problem instanceof Error && LOST.test(problem.message) ? 'UNREACHABLE' : null;
};

/** The connection was lost or not made: nobody's fault, and worth another try. What was being committed may or may not have been. */
export const isConnectionLost = (problem: unknown): boolean => {
  const trouble = troubleOf(problem);
  return trouble === 'UNREACHABLE' || trouble === 'BUSY';
};

const SAID: Readonly<Record<PostgresTrouble, (where: string) => string>> = {
  BAD_ADDRESS: () => 'this is no address of a PostgreSQL database: write it as postgres://user:password@host:5432/database.',
  UNREACHABLE: (where) => `no PostgreSQL answers at ${where}: is it running, and may this machine reach it?`,
  REFUSED: (where) => `PostgreSQL at ${where} does not take this user or password.`,
  NO_SUCH_DATABASE: (where) => `PostgreSQL has no such database: ${where}. Make it first (CREATE DATABASE … ENCODING 'UTF8').`,
  TOO_OLD: (where) => `PostgreSQL at ${where} is too old for this program.`,
  NOT_UTF8: (where) => `the database ${where} does not keep its text in UTF8: make one that does (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0).`, // prettier-ignore
  BUSY: (where) => `PostgreSQL at ${where} takes no connections now: it is starting, stopping, or has as many as it may.`,
};

export const unusable = (trouble: PostgresTrouble, where: string, more = ''): PostgresUnusable =>
  new PostgresUnusable(trouble, `${SAID[trouble](where)}${more}`);
