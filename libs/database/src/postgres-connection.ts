import { Socket } from 'node:net';
import pg from 'pg';

/** A connection to PostgreSQL that can be cut, whatever it is waiting for. */
export type PostgresConnection = Readonly<{ client: pg.Client; cut: () => void }>;

const CONNECT_MS_MAX = 5_000; // ms

/** @throws what the driver throws when the server cannot be reached, or does not let in */
export const connectPostgres = async (
  url: string,
  options: Readonly<{ applicationName: string; pipeline: boolean; answerMsMax?: number }>,
  lost: () => void,
): Promise<PostgresConnection> => {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: url,
    application_name: options.applicationName,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
    pipeline: options.pipeline,
    stream: () => socket,
    ...(options.answerMsMax === undefined ? {} : { query_timeout: options.answerMsMax }),
  });
  client.on('error', lost);
  client.on('end', lost);
  try {
    await client.connect();
  } catch (problem) {
    socket.destroy();
    throw problem;
  }
  return { client, cut: () => void socket.destroy() };
};

const INT8 = 20; // its object id, the same on every server

/** Integers as numbers, everything else as the server writes it. */
export const bareTypes = { getTypeParser: (oid: number) => (oid === INT8 ? Number : (text: string) => text) };
