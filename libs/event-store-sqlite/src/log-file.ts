import { join } from 'node:path';

/** The log's file in the data directory of a record. */
export const logFileOf = (directory: string): string => join(directory, 'log.db');
