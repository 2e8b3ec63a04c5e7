import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Room = Readonly<{ floor: number }>;
type Violation = Readonly<{ rule: string; from: string; to: string }>;
type Cruise = Readonly<{ modules: number; dependencies: number; violations: readonly Violation[] }>;

const root = process.cwd();
const { ROOMS, rules } = (await import(join(root, 'test/architecture/rooms.mjs'))) as {
  ROOMS: Record<string, Room>;
  rules: () => readonly { name: string }[];
};
const { plant } = (await import(join(root, 'test/architecture/plant.mjs'))) as {
  plant: (root: string, tree: string) => Map<string, string>;
};

const cruise = (tree: string): Cruise =>
  JSON.parse(
    execFileSync(process.execPath, [join(root, 'test/architecture/cruise.mjs'), tree], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  ) as Cruise;

const folders = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

describe('the rooms and their floors', () => {
  let tree: string;
  let planted: Map<string, string>;
  let broken: Cruise;
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'saksgang-planted-'));
    planted = plant(root, tree);
    broken = cruise(tree);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it('keeps every import rule', () => {
    const real = cruise(root);
    expect(real.violations).toEqual([]);
    expect(real.modules).toBeGreaterThan(40);
    expect(real.dependencies).toBeGreaterThan(80);
  });

  it.each(rules().map((rule) => rule.name))('sees the violation planted for «%s»', (name) => {
    expect(planted.has(name)).toBe(true);
    expect(broken.violations).toContainEqual(expect.objectContaining({ rule: name, from: planted.get(name) }));
  });

  it('accuses no planted file of a rule that it does not break', () => {
    const accused = broken.violations.filter(({ rule }) => rule !== 'rooms: no rings' && rule !== 'rooms: engines are named in one place');
    for (const { rule, from } of accused) expect([rule, from]).toEqual([rule, planted.get(rule)]);
  });

  it('has a row for every room, and a room for every row', () => {
    const rooms = [
      ...folders('libs').map((name) => `libs/${name}`),
      ...folders('apps')
        .filter((name) => folders(`apps/${name}`).includes('src'))
        .map((name) => `apps/${name}`),
    ];
    expect(rooms.sort()).toEqual(Object.keys(ROOMS).sort());
  });
});

describe('the top level', () => {
  it('holds what the house agreed on and nothing else', () => {
    const agreed = [
      'LICENSE',
      'README.md',
      'apps',
      'docker',
      'libs',
      'nest-cli.json',
      'package-lock.json',
      'package.json',
      'test',
      'tsconfig.json',
    ];
    const made = ['node_modules', 'dist', 'data', 'coverage'];
    const found = readdirSync(root).filter((name) => !name.startsWith('.') && !made.includes(name) && !name.endsWith('.tsbuildinfo'));
    expect(found.filter((name) => !agreed.includes(name))).toEqual([]);
  });
});
