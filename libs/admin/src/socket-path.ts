import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';

export const ADMIN_SOCKET = 'admin.sock';
/** Bytes that a socket's path may have on every system: 104 with its end on macOS. */
export const SOCKET_PATH_BYTES_MAX = 103;

/** Where the server of a data directory answers its keeper: a file there, on Windows a pipe of that name. */
export const adminSocketOf = (dataDir: string, platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32'
    ? `\\\\.\\pipe\\saksgang-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 32)}`
    : join(dataDir, ADMIN_SOCKET);
