import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { buildSchema, isInputObjectType, type GraphQLInputObjectType, type GraphQLInputType, getNamedType } from 'graphql';
import { leafHash, toBase64, verifyInclusion } from '@saksgang/record';
import { systemScheduler } from '../../apps/api/src/system.js';
import { needlesOf, whereFound } from '../support/canary.js';
import { everywhere, recordEverywhere, TAKE_NO_PERSON } from '../support/persons-everywhere.js';
import { filesOf, serve, type Fields, type Json, type Served } from '../support/serve.js';

/** Stands nowhere else: found in any file or line, it has leaked. */
const NAME = 'Kanárfugla Ytterstøyl-Zwånqvist';
const OMBUD = 'Pernille Ombud-Øksnevad';

const ASKED_MAX = 100; // times it is asked until the read models are built
const REST_MS = 50; // ms between two of them

const NAMED = `fragment Named on Party { ... on Person { personId personName { value sealedState } } ... on NamedParty { name } ... on Body { name } }`;
const EVERYTHING = `query Everything($asOf: AsOf) {
  documents(asOf: $asOf) { nodes { caseOfficer { value sealedState } sender { ...Named } recipients { ...Named } signatories { role mark person { value sealedState } body { ...Named } } } }
  resolutions(asOf: $asOf) { nodes { caseOfficer { value sealedState } body { ...Named } points { nodes { addressees { ...Named } owner { ...Named } } } votes { dissents { party { ...Named } } } } }
  agreements(asOf: $asOf) { nodes { parties { ...Named } signatures { role person { value sealedState } party { ...Named } } } }
  followUps(asOf: $asOf) { nodes { owner { ...Named } caseOfficer { value sealedState } } }
  timeline(asOf: $asOf, first: 100) { nodes { title description assertedBy { ...Named } } }
  history(first: 100) { nodes { title assertedBy { ...Named } actor { name { value sealedState } } changes { before after summary } } }
} ${NAMED}`;
const ERASE = `mutation Erase($input: ErasePersonInput!) { erasePerson(input: $input) { __typename
  ... on Erased { replayed erasure { id personId legalBasis recordedAt decidedBy { ...Named } actor { role } leafHash } }
  ... on Problem { code message(locale: EN) whatToDo(locale: NB) } ... on Invalid { issues { path code } } } } ${NAMED}`;
const PROOF = `query Proof($entry: ID!) { record { inclusionProof(entry: $entry) { index size leaf leafHash hashes checkpoint { root size } disclosures { value } closed { sealed why } } } }`;

const statesIn = (value: Json): readonly string[] => {
  if (value === null || typeof value !== 'object') return [];
  if ('sealedState' in value) return [value.sealedState];
  return Object.values(value).flatMap(statesIn);
};

describe('A person demands that her name be erased,', () => {
  let served: Served;
  let ids: Readonly<Record<string, string>>;
  let admin: string;
  let person: string;
  let before: string;
  let proofBefore: Json;
  let copy: string;

  const onServer = (): readonly (readonly [string, Buffer])[] =>
    (served.database?.log.records() ?? []).map(({ data, metadata }, index) => [`event ${index}`, Buffer.concat([data, metadata])]);
  const found = (): readonly string[] => whereFound(NAME, served.dataDir, onServer());
  const askAs = (key: string | null, query: string, variables: Fields = {}) => served.ask(query, variables, { key });
  const erase = async (input: Fields, key: string | null = admin): Promise<Json> => {
    const answer = await askAs(key, ERASE, {
      input: {
        commandId: 'slett',
        person,
        legalBasis: 'Personvernforordningen artikkel 17 nr. 1',
        decidedBy: { person: { name: OMBUD } },
        ...input,
      },
    });
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    return answer.data.erasePerson;
  };
  const proofOf = async (entry: string): Promise<Json> =>
    (await served.read(PROOF, { entry }, { key: served.keys.auditor })).record.inclusionProof;
  const positionNow = async (): Promise<string> => (await served.read('{ history(first: 1) { position } }')).history.position;
  const everything = async (asOf: Fields | null, key: string | null): Promise<Json> => {
    let answer = await askAs(key, EVERYTHING, { asOf });
    // Read models that were deleted are being built: what serves searches and signals comes last.
    for (let asked = 1; asked < ASKED_MAX && answer.errors[0]?.extensions.code === 'PROJECTION_BEHIND'; asked += 1) {
      await systemScheduler.sleep(REST_MS);
      answer = await askAs(key, EVERYTHING, { asOf });
    }
    expect(answer.errors).toEqual([]);
    return answer.data;
  };

  beforeAll(async () => {
    served = await serve();
    copy = mkdtempSync(join(tmpdir(), 'saksgang-copy-'));
    admin = (await served.another('Astrid Administrator', 'admin')).secret;
    ids = await recordEverywhere(served, NAME);
    await served.another(NAME, 'steering');
    before = await positionNow();
  });
  afterAll(async () => {
    await served.close();
    rmSync(copy, { recursive: true, force: true });
  });

  it('who stands in every field of every input that takes a person', () => {
    const schema = buildSchema(readFileSync(new URL('../golden/schema.graphql', import.meta.url), 'utf8'));
    const takes = (type: GraphQLInputType): boolean => ['PartyInput', 'PersonInput'].includes(getNamedType(type).name);
    const filled = (type: GraphQLInputObjectType, value: Json): readonly string[] =>
      Object.entries(type.getFields()).flatMap(([name, field]) => {
        const given = [value[name] ?? []].flat();
        const inner = getNamedType(field.type);
        if (given.length > 0 && takes(field.type)) return JSON.stringify(given).includes(NAME) ? [`${type.name}.${name}`] : [];
        return isInputObjectType(inner) ? given.flatMap((one: Json) => filled(inner, one)) : [];
      });
    const all = Object.values(schema.getTypeMap())
      .filter((type) => isInputObjectType(type) && type.name !== 'PartyInput')
      .flatMap((type) => Object.values((type as GraphQLInputObjectType).getFields()).map((field) => [type.name, field] as const))
      // Who asserts is read in one place for all; the erasing itself is told of below.
      .filter(([type, { name, type: of }]) => takes(of) && name !== 'assertedBy' && type !== 'ErasePersonInput')
      .map(([type, { name }]) => `${type}.${name}`);
    const sent = everywhere(NAME).flatMap(([command, input]) => {
      const type = schema.getType(`${command.charAt(0).toUpperCase()}${command.slice(1)}Input`) as GraphQLInputObjectType;
      return filled(type, input(ids));
    });
    expect([...new Set(sent.filter((one) => !one.endsWith('.assertedBy')))].sort()).toEqual(
      all.filter((one) => !TAKE_NO_PERSON.includes(one)).sort(),
    );
  });

  it('but not of those that take none', async () => {
    const paper = { commandId: 'ny-melding', whitePaperType: 'OTHER', name: 'Melding', ministry: { person: { name: NAME } } };
    expect(await served.mutate('announceWhitePaper', paper)).toMatchObject({ __typename: 'Invalid' });
    for (const reached of [{ presented: { title: 'T', ministry: { person: { name: NAME } } } }, { referred: { committee: { person: { name: NAME } } } }])
      expect(await served.mutate('advanceWhitePaper', { commandId: 'trinn', whitePaper: { id: ids['melding'] }, step: reached })).toMatchObject({ __typename: 'Invalid' }); // prettier-ignore
  });

  it('and is found in plain in no file, index or line of the log even before', () => {
    expect(found()).toEqual([]);
    expect(needlesOf(NAME).some((needle) => served.logged.some((line) => Buffer.from(line).includes(needle)))).toBe(false);
    // The search does find what is there.
    expect(whereFound('Opptrapping av kulturskolen', served.dataDir, onServer()).length).toBeGreaterThan(0);
  });

  it('while those who may see her name do', async () => {
    const shown = await everything(null, served.keys.auditor);
    expect(new Set(statesIn(shown))).toEqual(new Set(['SHOWN']));
    expect(statesIn(shown).length).toBeGreaterThan(20);
    expect(JSON.stringify(shown)).toContain(NAME);
    expect(JSON.stringify(await everything(null, null))).not.toContain(NAME);
  });

  it('so the secretariat finds who she is in the record, which nobody else may', async () => {
    const query = 'query($name: String!) { persons(name: $name) { personId } }';
    const { persons } = await served.read(query, { name: NAME }, { key: served.keys.secretariat });
    expect(persons).toHaveLength(1);
    person = persons[0].personId;
    const { documents } = await everything(null, served.keys.secretariat);
    expect(documents.nodes[0].sender.personId).toBe(person);
    expect((await served.read(query, { name: NAME.slice(0, -1) }, { key: admin })).persons).toEqual([]);
    const others = await Promise.all([null, served.keys.steering, served.keys.auditor].map((key) => askAs(key, query, { name: NAME })));
    expect(others.map(({ errors }) => errors[0]?.extensions.code)).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN']);
  });

  it('but may not erase her: that takes an administrator, a ground, and a person who is there', async () => {
    expect(await erase({}, served.keys.secretariat)).toMatchObject({ __typename: 'Refused', code: 'FORBIDDEN' });
    expect(await erase({ legalBasis: ' ' })).toMatchObject({
      __typename: 'Invalid',
      issues: [{ path: ['input', 'legalBasis'], code: 'BLANK' }],
    });
    expect(await erase({ occurred: { text: '2031' } })).toMatchObject({ __typename: 'Invalid', issues: [{ code: 'DATE_IN_FUTURE' }] });
    const nobody = 'person-00000000-0000-4000-8000-000000000000';
    expect(await erase({ person: nobody })).toMatchObject({ code: 'UNKNOWN_PERSON' });
    expect(await erase({ person: ids['vedtak'] })).toMatchObject({ code: 'UNKNOWN_PERSON' });
    expect(await erase({ decidedBy: { item: { id: ids['organ']!.replace(/.$/, 'x') } } })).toMatchObject({ code: 'UNKNOWN_ITEM' });
    expect(await positionNow()).toBe(before);
    proofBefore = await proofOf(`${ids['brev']}@0`);
    expect(new Set(proofBefore.disclosures.map((one: Json) => one.value))).toEqual(new Set([NAME]));
    expect(proofBefore.closed).toEqual([]);
  });

  it('so the administrator erases her, once, however often the command comes', async () => {
    // A copy made while she was there, as a backup would be: of the record, not of the keys.
    for (const file of filesOf(served.dataDir).filter((one) => /(log|record)\.db(-wal)?$/.test(one)))
      cpSync(file, join(copy, file.slice(served.dataDir.length + 1)));
    served.at('2026-04-01T09:00:00.000Z');
    const first = await erase({});
    expect(first).toMatchObject({
      __typename: 'Erased',
      replayed: false,
      erasure: {
        id: `${person}@0`,
        personId: person,
        legalBasis: 'Personvernforordningen artikkel 17 nr. 1',
        recordedAt: '2026-04-01T09:00:00.000Z',
        decidedBy: { personName: { value: OMBUD, sealedState: 'SHOWN' } },
        actor: { role: 'ADMIN' },
      },
    });
    expect(await erase({})).toEqual({ ...first, replayed: true });
    expect(await erase({ commandId: 'slett-igjen' })).toMatchObject({ __typename: 'Refused', code: 'PERSON_ERASED' });
    expect(await erase({ legalBasis: 'Et annet grunnlag' })).toMatchObject({ __typename: 'Refused', code: 'PERSON_ERASED' });
  });

  it('and from then on no answer shows her name, of now or of any past, to anybody; that somebody stood there, and in what role, stays', async () => {
    await served.publishAll();
    for (const asOf of [null, { position: before }, { knownOn: '2026-03-02' }]) {
      for (const key of [served.keys.auditor, served.keys.secretariat, admin]) {
        const seen = await everything(asOf, key);
        expect(JSON.stringify(seen)).not.toContain(NAME);
        const { caseOfficer, sender, signatories } = seen.documents.nodes[0];
        expect(caseOfficer).toEqual({ value: null, sealedState: 'ERASED' });
        expect(sender).toEqual({ personId: person, personName: { value: null, sealedState: 'ERASED' } });
        expect(signatories).toEqual([{ role: 'Daglig leder', mark: '(s)', person: caseOfficer, body: sender }]);
      }
      expect(new Set(statesIn(await everything(asOf, null)))).toEqual(new Set(['WITHHELD']));
    }
    expect(
      (await served.read('query($name: String!) { persons(name: $name) { personId } }', { name: NAME }, { key: admin })).persons,
    ).toEqual([]);
  });

  it('nothing is recorded under her id again', async () => {
    const again = { commandId: 'igjen', title: 'Nytt brev', caseOfficer: { name: NAME, id: person } };
    expect(await served.mutate('registerDocument', again)).toMatchObject({ __typename: 'Refused', code: 'PERSON_ERASED' });
    // A correction carries on what it does not set; an erased name is carried on as one.
    expect(await served.mutate('correctEntry', { commandId: 'rett-igjen', entry: `${ids['vedtak']}@1`, reason: 'Frist.', set: [{ path: 'deadline', value: { text: '2026-09-30', asWritten: null } }] })).toMatchObject({ __typename: 'Recorded' }); // prettier-ignore
    expect(JSON.stringify(await everything(null, admin))).not.toContain(NAME);
  });

  it('and no file holds her name, nor what would open it, also after a restart, a rebuild and a cleaning up', async () => {
    const boxes = (): unknown => {
      if (served.database) return [];
      const db = new Database(join(served.dataDir, 'log.db'), { readonly: true });
      const left = db.prepare('SELECT * FROM sealed_box WHERE person = ?').all(person);
      db.close();
      return left;
    };
    expect([found(), boxes()]).toEqual([[], []]);
    await served.restart(() => {
      for (const file of filesOf(served.dataDir).filter((one) => one.includes('read-models.db'))) rmSync(file);
      for (const file of filesOf(served.dataDir).filter((one) => one.endsWith('.db'))) {
        const db = new Database(file);
        db.exec('VACUUM');
        db.close();
      }
    });
    await positionNow();
    expect([found(), boxes()]).toEqual([[], []]);
    expect(JSON.stringify(await everything({ position: before }, admin))).not.toContain(NAME);
    expect(needlesOf(NAME).some((needle) => served.logged.some((line) => Buffer.from(line).includes(needle)))).toBe(false);
    expect(whereFound(NAME, copy)).toEqual([]);
  });

  it('while the auditor sees on what ground it was done, and verifies that every proof stands', async () => {
    const { erasures } = await served.read(
      `{ erasures { totalCount nodes { id personId legalBasis actor { role name { value } } proof { index size } } } }`,
      {},
      { key: served.keys.auditor },
    );
    expect(erasures).toMatchObject({ totalCount: 1, nodes: [{ personId: person, actor: { name: { value: 'Astrid Administrator' } } }] });
    for (const entry of [`${ids['brev']}@0`, `${ids['vedtak']}@1`, erasures.nodes[0].id]) {
      const { leaf, leafHash: hash, index, size, hashes, checkpoint } = await proofOf(entry);
      const text = Buffer.from(leaf, 'base64').toString('utf8');
      expect(text).toContain(person);
      expect(toBase64(leafHash(text))).toBe(hash);
      const path = hashes.map((one: string) => Buffer.from(one, 'base64'));
      const root = Buffer.from(checkpoint.root, 'base64');
      expect(verifyInclusion({ index, size, leafHash: leafHash(text), hashes: path, root })).toBe(true);
    }
    // The very bytes that were proven while her name could be read.
    const proofAfter = await proofOf(`${ids['brev']}@0`);
    expect(proofAfter).toMatchObject({ leaf: proofBefore.leaf, leafHash: proofBefore.leafHash, disclosures: [] });
    expect(proofAfter.closed.map((one: Json) => one.why)).toEqual(proofBefore.disclosures.map(() => 'ERASED'));
    expect((await askAs(served.keys.steering, '{ erasures { totalCount } }')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await askAs(null, '{ erasures { totalCount } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('and a copy of the log from before, put back, brings her name back to nobody', async () => {
    if (served.database) return;
    await served.restart(() => {
      for (const file of filesOf(served.dataDir).filter((one) => /(log|record|read-models)\.db(-wal|-shm)?$/.test(one))) rmSync(file);
      for (const file of filesOf(copy)) cpSync(file, join(served.dataDir, file.slice(copy.length + 1)));
    });
    const seen = await everything(null, served.keys.auditor);
    expect(seen.documents.nodes[0].caseOfficer).toEqual({ value: null, sealedState: 'ERASED' });
    expect(JSON.stringify(seen)).not.toContain(NAME);
    expect(found()).toEqual([]);
    const db = new Database(join(served.dataDir, 'log.db'), { readonly: true });
    expect(db.prepare('SELECT * FROM sealed_box WHERE person = ?').all(person)).toEqual([]);
    db.close();
  });
});
