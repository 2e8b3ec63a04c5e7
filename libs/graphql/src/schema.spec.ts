import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSdl } from './schema.js';

const GOLDEN = fileURLToPath(new URL('../../../test/golden/schema.graphql', import.meta.url));

let sdl: string;
beforeAll(async () => {
  sdl = await buildSdl();
  if (process.env['UPDATE_GOLDEN'] !== '1') return;
  mkdirSync(dirname(GOLDEN), { recursive: true });
  writeFileSync(GOLDEN, sdl);
});

/** «BREAKING: Field 'x' was removed», one line a change. */
const changesBetween = async (from: string, to: string): Promise<readonly string[]> =>
  (await diff(buildSchema(from), buildSchema(to))).map((change) => `${change.criticality.level}: ${change.message}`);

describe('The published contract', () => {
  it('is what the code says: run with UPDATE_GOLDEN=1 to publish a change', async () => {
    const golden = readFileSync(GOLDEN, 'utf8');
    expect(await changesBetween(golden, sdl)).toEqual([]);
    expect(sdl).toBe(golden);
  });

  it('names a renamed field as breaking', async () => {
    const renamed = sdl.replace(/^ {2}stateLabel\(/gm, '  stateText(');
    expect(renamed).not.toBe(sdl);
    expect(await changesBetween(sdl, renamed)).toContain("BREAKING: Field 'stateLabel' was removed from object type 'Resolution'");
  });

  it('names a field that may now be null as breaking', async () => {
    const loosened = sdl.replace('  version: Int!\n', '  version: Int\n');
    expect(loosened).not.toBe(sdl);
    expect(await changesBetween(sdl, loosened)).toContain("BREAKING: Field 'Entry.version' changed type from 'Int!' to 'Int'");
  });
});
