import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isLong, notRun } from '../support/not-run.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCKERFILE = join(ROOT, 'docker/api.Dockerfile');
const BUILD_MS_MAX = 900_000; // a clean install with its native parts, on a slow machine
const START_MS_MAX = 60_000;

type Instruction = Readonly<{ name: string; rest: string }>;

/** The instructions of a Dockerfile, stage by stage; continued lines are put together. */
const stagesOf = (text: string): readonly (readonly Instruction[])[] => {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
  const instructions = lines.map((line) => ({ name: line.split(' ')[0] as string, rest: line.slice(line.indexOf(' ') + 1) }));
  const stages: Instruction[][] = [];
  for (const instruction of instructions) (instruction.name === 'FROM' ? stages[stages.push([]) - 1] : stages.at(-1))?.push(instruction);
  return stages;
};

/** What the build context holds: what is in git and not named in the ignore file beside the Dockerfile. */
const context = (): readonly string[] => {
  const ignored = readFileSync(`${DOCKERFILE}.dockerignore`, 'utf8').split('\n').filter(Boolean);
  const known = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).stdout.split(
    '\n',
  );
  return known.filter((file) => file && !ignored.some((one) => file === one || file.startsWith(`${one}/`)));
};

const copy = (from: string, sources: readonly string[], to: string): void => {
  for (const source of sources) {
    const whole = join(from, source);
    // As COPY does: a folder's content, a file by its own name.
    if (statSync(whole).isDirectory()) cpSync(whole, to, { recursive: true, verbatimSymlinks: true });
    else cpSync(whole, to.endsWith('/') || source !== basename(to) ? join(to, basename(source)) : to);
  }
};

/** Carries out a stage in a folder of its own instead of an image; answers what is left to do when it runs. */
const carryOut = (
  stage: readonly Instruction[],
  folder: string,
  given: Readonly<{ context: string; build: string }>,
): readonly Instruction[] => {
  const left: Instruction[] = [];
  for (const instruction of stage) {
    const words = instruction.rest.split(' ');
    if (instruction.name === 'COPY' && words[0]?.startsWith('--from=')) {
      const [source, target] = [words[1] as string, words[2] as string];
      copy(given.build, [source.replace('/srv/', '')], join(folder, target));
    } else if (instruction.name === 'COPY') {
      const target = words.at(-1) as string;
      mkdirSync(join(folder, target), { recursive: true });
      copy(given.context, words.slice(0, -1), join(folder, target, '/'));
    } else if (instruction.name === 'RUN' && given.build === folder) {
      const done = spawnSync('sh', ['-c', instruction.rest], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_ENV: 'production' },
      });
      if (done.status !== 0) throw new Error(`RUN ${instruction.rest}\n${done.stdout}\n${done.stderr}`);
    } else left.push(instruction);
  }
  return left;
};

describe('the steps of the image, in a clean folder instead of a container', () => {
  if (!isLong) {
    it('are left to the long run', () => {
      notRun("the image's build steps in a clean folder, and its server started from what they leave", 'npm run test:long');
      expect(stagesOf(readFileSync(DOCKERFILE, 'utf8'))).toHaveLength(2);
    });
    return;
  }
  it(
    'leave a server that starts without development packages and writes to its data directory only',
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), 'saksgang-image-'));
      try {
        const folders = {
          context: join(scratch, 'context'),
          build: join(scratch, 'build'),
          image: join(scratch, 'image'),
          data: join(scratch, 'data'),
        };
        for (const folder of Object.values(folders)) mkdirSync(folder);
        for (const file of context()) {
          mkdirSync(dirname(join(folders.context, file)), { recursive: true });
          cpSync(join(ROOT, file), join(folders.context, file));
        }
        const [build, image] = stagesOf(readFileSync(DOCKERFILE, 'utf8')) as [Instruction[], Instruction[]];
        carryOut(build, folders.build, folders);
        const left = carryOut(image, folders.image, folders);
        expect(readdirSync(join(folders.image, 'node_modules'))).not.toContain('jest');

        const environment = Object.fromEntries(
          left
            .filter(({ name }) => name === 'ENV')
            .flatMap(({ rest }) => rest.split(' ').map((pair) => pair.split('=') as [string, string])),
        );
        const [program, ...args] = JSON.parse(left.find(({ name }) => name === 'CMD')?.rest ?? '[]') as [string, ...string[]];
        const before = spawnSync('find', ['.', '-newer', 'package.json', '-type', 'f'], { cwd: folders.image, encoding: 'utf8' }).stdout;
        const server = spawn(program, args, {
          cwd: folders.image,
          env: { PATH: process.env['PATH'] ?? '', ...environment, HOST: '127.0.0.1', PORT: '0', DATA_DIR: folders.data },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        try {
          const told: string[] = [];
          const url = await new Promise<string>((resolve, reject) => {
            const tell = (line: string): void => {
              told.push(line);
              const listening = /listening on (http:\/\/[^/]+)/.exec(line);
              if (listening) resolve(listening[1] as string);
            };
            createInterface(server.stdout).on('line', tell);
            createInterface(server.stderr).on('line', tell);
            server.on('exit', () => reject(new Error(told.join('\n'))));
            setTimeout(() => reject(new Error(`not listening in time\n${told.join('\n')}`)), START_MS_MAX).unref();
          });
          const check = /fetch\(`http:\/\/127\.0\.0\.1:\$\{process\.env\.PORT\}(\/[a-z]+)`\)/.exec(
            left.find(({ name }) => name === 'HEALTHCHECK')?.rest ?? '',
          );
          expect((await fetch(`${url}${check?.[1]}`)).status).toBe(200);
          expect((await fetch(`${url}/readyz`)).status).toBe(200);
          expect(readdirSync(folders.data)).toContain('secretariat.key');
        } finally {
          const gone = new Promise((resolve) => server.once('exit', resolve));
          server.kill('SIGTERM');
          expect(await gone).toBe(0);
        }
        const after = spawnSync('find', ['.', '-newer', 'package.json', '-type', 'f'], { cwd: folders.image, encoding: 'utf8' }).stdout;
        expect(after).toBe(before);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    },
    BUILD_MS_MAX,
  );
});
