import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BadUsage } from './terminal.js';

/** The words of a command as its options. @throws BadUsage */
export const options = <O extends ParseArgsConfig>(config: O) => {
  try {
    return parseArgs<O>(config);
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error));
  }
};
