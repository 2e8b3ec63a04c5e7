import { unusable } from './postgres-problem.js';

/** `where`: host, port and database, to be shown. `url`: with the password, for the driver alone. */
export type PostgresAddress = Readonly<{ url: string; where: string }>;

const PORT = '5432';

/** @throws PostgresUnusable BAD_ADDRESS, in which nothing of what was given is repeated */
export const readPostgresAddress = (url: string): PostgresAddress => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['postgres:', 'postgresql:'].includes(parsed.protocol) || !/^\/[^/]+$/u.test(parsed.pathname))
    throw unusable('BAD_ADDRESS', '');
  const host = parsed.hostname === '' ? (parsed.searchParams.get('host') ?? 'localhost') : parsed.hostname;
  return { url, where: `${host}:${parsed.port || PORT}${parsed.pathname}` };
};
