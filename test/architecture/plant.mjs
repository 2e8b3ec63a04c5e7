// Writes a tree in which every import rule is broken exactly once, so that a rule that sees nothing is seen.
import { mkdirSync, symlinkSync, writeFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ENGINES, ROOMS } from './rooms.mjs';

/** @returns {Map<string, string>} the file that breaks each rule, by the rule's name */
export const plant = (root, tree) => {
  const planted = new Map();
  const write = (file, text) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  const tsconfig = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  write('tsconfig.json', JSON.stringify(tsconfig));
  write('package.json', readFileSync(join(root, 'package.json'), 'utf8'));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir');
  const alias = (room) => (room.startsWith('libs/') ? `@saksgang/${room.slice(5)}` : `../../../${room}/src/index.js`);
  for (const [name, room] of Object.entries(ROOMS)) {
    write(`${name}/src/index.ts`, `export const here = '${name}';\n`);
    write(`${name}/src/inside.ts`, 'export const inside = 1;\n');
    const above = Object.entries(ROOMS).find(([other, its]) => other !== name && its.floor >= room.floor);
    if (above) {
      write(`${name}/src/sideways.ts`, `import '${alias(above[0])}';\n`);
      planted.set(`floors: ${name}`, `${name}/src/sideways.ts`);
    }
    if (!room.packages.includes('*')) {
      write(`${name}/src/stranger.ts`, "import 'pino';\n");
      planted.set(`packages: ${name}`, `${name}/src/stranger.ts`);
    }
    if (!room.core.includes('*')) {
      write(`${name}/src/machine.ts`, "import 'node:child_process';\n");
      planted.set(`core: ${name}`, `${name}/src/machine.ts`);
    }
  }
  write('libs/commanding/src/window.ts', "import '../../kernel/src/inside.js';\n");
  planted.set('rooms: through the front door', 'libs/commanding/src/window.ts');
  write('apps/api/src/main.ts', `import '${alias(ENGINES[0])}';\n`);
  planted.set('rooms: engines are named in one place', 'apps/api/src/main.ts');
  write('libs/kernel/src/egg.ts', "import { hen } from './hen.js';\nexport const egg = () => hen;\n");
  write('libs/kernel/src/hen.ts', "import { egg } from './egg.js';\nexport const hen = () => egg;\n");
  planted.set('rooms: no rings', 'libs/kernel/src/egg.ts');
  return planted;
};
