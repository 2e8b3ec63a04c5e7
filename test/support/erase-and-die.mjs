// The process that erasing-interrupted.story.spec.ts kills: erases a person from a record, and dies by its own hand right after one of
// the steps. Uses compiled code only: node erase-and-die.mjs DIRECTORY PERSON STEP
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const [directory, person, step] = process.argv.slice(2);
const room = (name) => import(new URL(`../../dist/libs/${name}/src/index.js`, import.meta.url));
const [{ createPersons }, { openAccess }, { createCodec }, { openSqliteEventStore }, { registry }, { leafOf, parseLeaf }, recording] =
  await Promise.all(['commanding', 'access', 'event-store', 'event-store-sqlite', 'kinds', 'record', 'recording'].map(room));

const machine = {
  random: { bytes: (count) => randomBytes(count) },
  clock: { now: () => '2026-05-04T03:02:01.000Z' },
  scheduler: { sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
};
const dyingAfter = (name, parts) =>
  step !== name
    ? parts
    : {
        ...parts,
        [name]: (...given) =>
          Promise.resolve(parts[name](...given)).then(() => {
            process.kill(process.pid, 'SIGKILL');
            return new Promise(() => undefined);
          }),
      };
const store = dyingAfter('append', dyingAfter('deleteBoxes', await openSqliteEventStore({ directory, ...machine })));
const keys = recording.openKeyStore({ dataDir: directory, keyEncryptionKeyFile: null, ...machine });
const sealer = recording.createSealer({ keys, random: machine.random });
const access = openAccess({ dataDir: directory, sealer, ...machine });
const erasing = {
  keys: dyingAfter('bury', dyingAfter('destroy', keys)),
  store,
  holders: [dyingAfter('forget', access)],
  scheduler: machine.scheduler,
};
const persons = createPersons({
  ...machine,
  store,
  codec: createCodec({ registry, sealer, random: machine.random, leafOf, parseLeaf }),
  registry,
  sealer,
  register: keys,
  eraseNames: (who) => recording.eraseNames(erasing, who),
});
const outcome = await persons.erase({
  actor: { id: 'actor-00000000-0000-4000-8000-000000000001', role: 'admin', actorKind: 'PERSON' },
  commandId: `slett-${step}`,
  person,
  legalBasis: 'Personvernforordningen artikkel 17',
  decidedBy: { name: 'Personvernombudet' },
  occurred: null,
});
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await keys.close();
await access.close();
await store.close();
