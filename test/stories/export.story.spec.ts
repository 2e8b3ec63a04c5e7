import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { READ_MODELS_FILE } from '@saksgang/projections';
import { runCommand } from '../../apps/cli/src/commands.js';
import { BadUsage } from '../../apps/cli/src/terminal.js';
import { whereFound } from '../support/canary.js';
import { describeOnPostgres } from '../support/postgres.js';
import { serve, type Fields, type Json, type Served } from '../support/serve.js';
import { verify, verifyInPython } from '../support/verifying.js';

/** Each stands in one place alone, which the public may not see. */
const HIDDEN = {
  draft: 'Utkastord Ærfugl',
  note: 'Notatord Cikade',
  earlier: 'Førstord Dompap',
  whole: 'Saksord Ekorn',
  point: 'Punktord Bjørnebær',
  source: 'Kildeord Flaggermus',
  named: 'Hevdord Gaupe',
} as const;
type Hidden = keyof typeof HIDDEN;
const ALL = Object.keys(HIDDEN) as readonly Hidden[];
const OPEN = 'Åpentord Hubro';

const PROOF = 'query($entry: ID!) { record { inclusionProof(entry: $entry) { leaf } } }';
const LOG = '{ accessLog(filter: { actors: ["command-line"] }) { nodes { operation what role item } } }';

const decision = (commandId: string, title: string, text: string): Fields => ({
  commandId,
  resolutionType: 'VEDTAK',
  title,
  body: { name: 'Hovedstyret' },
  occurred: { text: '2018-09-12' },
  caseOfficer: { name: 'Frøydis Navnesen' },
  points: [text, 'Rapportere årlig.'].map((one) => ({ pointKind: 'MEASURE', text: one })),
});

type Line = Readonly<{ index: number; leaf: string | null; disclosures: readonly unknown[]; closed: readonly unknown[] }>;
type Ran = Readonly<{ out: string; failed: Error | null }>;

/** What is published, in part or not at all; and the ids of what nobody may know of. */
const recordHidden = async (served: Served): Promise<readonly string[]> => {
  const publish = (id: string, withHistory: boolean): Promise<string> =>
    served.recorded('publish', { commandId: `ut-${id}`, item: { id }, withHistory });
  const draft = await served.recorded('recordResolution', decision('utkast', HIDDEN.draft, 'Et utkast.'));
  const open = await served.recorded('recordResolution', decision('vedtak', OPEN, 'Styrke kulturskolen.'));
  await served.recorded('addNote', { commandId: 'notat', item: { id: open }, text: HIDDEN.note });
  await publish(open, true);
  const changed = await served.recorded('recordResolution', decision('endret', HIDDEN.earlier, 'Bygge ut.'));
  const set = [{ path: 'title', value: 'Vedtak om bibliotek' }];
  await served.recorded('correctEntry', { commandId: 'rettet', entry: `${changed}@0`, reason: 'Skrivefeil.', set });
  await publish(changed, false);
  const whole = await served.recorded('recordResolution', decision('hel', HIDDEN.whole, 'Alt.'));
  await publish(whole, true);
  await served.recorded('shield', { commandId: 'skjerm', item: { id: whole }, legalBasis: 'offl. § 14' });
  const part = await served.recorded('recordResolution', decision('del', 'Vedtak om kor', HIDDEN.point));
  await publish(part, true);
  await served.recorded('shield', { commandId: 'skjerm-1', item: { id: part }, point: '1', legalBasis: 'offl. § 13' });
  // What stands in the envelope, and in nothing that is told of the event.
  const letter = await served.recorded('registerDocument', { commandId: 'brev', title: HIDDEN.source });
  const body = await served.recorded('establishBody', { commandId: 'organ', name: 'Det stille utvalget' });
  const report = (commandId: string, text: string, more: Fields): Promise<string> =>
    served.recorded('reportPoint', { commandId, point: { item: { id: open }, point: '1' }, text, ...more });
  await report('rapport-1', 'Meldt i brev.', { source: { document: { id: letter } } });
  await report('rapport-2', HIDDEN.named, { assertedBy: { item: { id: body } } });
  await served.record.recording.verify();
  await served.record.recording.sign();
  return [draft, whole, letter, body];
};

const declare = (readModels: 'sqlite' | 'postgres'): void => {
  let served: Served;
  let unknown: readonly string[];
  let size: number;
  const space = mkdtempSync(join(tmpdir(), 'saksgang-export-'));
  const at = (name: string): string => join(space, name);
  const cli = async (args: readonly string[], dataDir = served.dataDir): Promise<Ran> => {
    const out: string[] = [];
    const environment = { DATA_DIR: dataDir, ...(served.sharedUrl === null ? {} : { DATABASE_URL: served.sharedUrl }) };
    const terminal = { environment, print: (line: string) => void out.push(line), write: (text: string) => void out.push(text) };
    const failed = await runCommand(args, terminal).then(() => null, (error: Error) => error); // prettier-ignore
    return { out: out.join('\n'), failed };
  };
  const exported = async (name: string, ...args: string[]): Promise<string> => {
    const { out, failed } = await cli(['export', '--to', at(name), ...args]);
    expect(failed).toBeNull();
    return out;
  };
  const found = (name: string): readonly Hidden[] => ALL.filter((one) => whereFound(HIDDEN[one], at(name)).length > 0);
  const linesOf = (name: string): readonly Line[] =>
    readFileSync(join(at(name), 'entries.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
  const verified = async (name: string) => {
    const { key } = (await served.read('{ record { key } }')).record;
    const ran = await verify(['export', at(name), '--key', key]);
    if (verifyInPython !== null) expect(verifyInPython([at(name), '--key', key]).code).toBe(ran.code);
    return ran;
  };

  beforeAll(async () => {
    served = await serve({ engine: 'sqlite', readModels });
    await served.recordExample();
    unknown = await recordHidden(served);
    size = (await served.read('{ record { checkpoint { size } } }')).record.checkpoint.size;
  });
  afterAll(async () => {
    await served.close();
    rmSync(space, { recursive: true, force: true });
  });

  it('gives the public what it may see now, and of all else the hash and where it lies', async () => {
    const out = await exported('public');
    const lines = linesOf('public');
    const withheld = lines.filter(({ leaf }) => leaf === null);
    expect([lines.length, withheld.length > 10, withheld.length < size / 2]).toEqual([size, true, true]);
    expect(out).toContain(`${withheld.length} entries are withheld`);
    expect([found('public'), whereFound(OPEN, at('public'))]).toEqual([[], ['entries.ndjson']]);
    const text = readFileSync(join(at('public'), 'entries.ndjson'), 'utf8');
    expect(unknown.filter((id) => text.includes(id))).toEqual([]);
    for (const line of withheld)
      expect([Object.keys(line).sort(), line.disclosures, line.closed]).toEqual([['closed', 'disclosures', 'index', 'leaf', 'leafHash'], [], []]); // prettier-ignore
    const { code, lines: said } = await verified('public');
    expect([code, said.at(-1)]).toEqual([3, expect.stringMatching(/, 0 failed$/)]);
    expect(said).toContainEqual(
      expect.stringContaining(`${withheld.length} entries are withheld and shown as hashes only: ${withheld[0]?.index},`),
    );
  });

  it('follows what is published and shielded since', async () => {
    const [draft] = unknown;
    await served.recorded('publish', { commandId: 'ut-senere', item: { id: draft }, withHistory: true });
    await exported('published');
    expect(found('published')).toEqual(['draft']);
    await served.recorded('unpublish', { commandId: 'inn-igjen', item: { id: draft }, reason: 'For tidlig.' });
    await exported('unpublished');
    expect(found('unpublished')).toEqual([]);
    expect(readFileSync(join(at('unpublished'), 'entries.ndjson'))).toEqual(readFileSync(join(at('public'), 'entries.ndjson')));
  });

  // All else is the same, wherever the read models lie.
  if (readModels === 'postgres') return;
  it('tells of every entry what its proof tells: the two are one judgement', async () => {
    const everything = (await exported('all', '--for', 'auditor', '--all'), linesOf('all'));
    const differing: string[] = [];
    const told = linesOf('public');
    for (const { index, leaf } of everything.slice(-40)) {
      const { stream, revision } = JSON.parse(leaf ?? '');
      const { data } = await served.ask(PROOF, { entry: `${stream}@${revision}` }, { key: null });
      const proven = data?.record?.inclusionProof?.leaf ?? null;
      if ((proven === null) !== (told[index]?.leaf === null)) differing.push(`${stream}@${revision}`);
    }
    expect(differing).toEqual([]);
  });

  it('gives the steering group drafts and notes, and nothing of what is shielded', async () => {
    await exported('steering', '--for', 'steering');
    expect(found('steering')).toEqual(['draft', 'note', 'earlier', 'source', 'named']);
    expect((await verified('steering')).code).toBe(3);
  });

  it('gives auditors everything, which is noted as a reading', async () => {
    await exported('auditor', '--for', 'auditor');
    expect([found('auditor'), found('all')]).toEqual([ALL, ALL]);
    const { code, lines } = await verified('auditor');
    // Names are withheld without --all, and nothing else.
    expect([code, lines.filter((line) => line.startsWith('incomplete')).map((line) => /values are withheld/u.test(line))]).toEqual([3, [true]]); // prettier-ignore
    expect((await verified('all')).code).toBe(0);
    await exported('steering-names', '--for', 'steering', '--all');
    const { nodes } = (await served.read(LOG, {}, { key: served.keys.auditor })).accessLog;
    expect(nodes.map(({ operation, what, role, item }: Json) => [operation, what, role, item]).sort()).toEqual([
      ['export --all', 'PERSONAL', 'ADMIN', null],
      ['export --all', 'SHIELDED', 'ADMIN', null],
      ['export --for auditor', 'SHIELDED', 'ADMIN', null],
      ['export --for steering --all', 'PERSONAL', 'ADMIN', null],
    ]);
  });

  it('takes no reader it does not know, and no names for the public', async () => {
    for (const words of [
      ['--for', 'everybody'],
      ['--for', 'public', '--all'],
      ['--for', ''],
    ])
      expect((await cli(['export', '--to', at('none'), ...words])).failed).toBeInstanceOf(BadUsage);
  });

  it('writes nothing when the read models cannot tell who may see what, and says what to do', async () => {
    const copy = at('copy');
    await served.restart(() =>
      cpSync(served.dataDir, copy, { recursive: true, filter: (path) => !path.includes(READ_MODELS_FILE.replace('.db', '')) }),
    );
    const { failed } = await cli(['export', '--to', at('refused')], copy);
    expect(failed?.message).toMatch(/nothing was exported\. The read models are not there\..*npm run cli -- rebuild/);
    expect((await cli(['rebuild'], copy)).out).toMatch(/by this command/);
    expect((await cli(['export', '--to', at('rebuilt')], copy)).failed).toBeNull();
    expect(readFileSync(join(at('rebuilt'), 'entries.ndjson'))).toEqual(readFileSync(join(at('unpublished'), 'entries.ndjson')));
  });
};

jest.setTimeout(60_000);
describe('An export', () => declare('sqlite'));
describeOnPostgres('An export of a record whose read models lie in PostgreSQL', () => declare('postgres'));
