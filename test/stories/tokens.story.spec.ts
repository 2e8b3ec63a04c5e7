import { request } from 'node:http';
import { type TrustedIssuer } from '@saksgang/access';
import { readSettings } from '../../apps/api/src/settings.js';
import { badTokens, goodKeys } from '../support/bad-tokens.js';
import { ecKey, startIssuer, tokenOf, type Issuer } from '../support/issuer.js';
import { listen, TRANSPORTS } from '../support/listening.js';
import { recordBodies } from '../support/letter.js';
import { OUTCOME, serve, type Answer, type Fields, type Json, type Served } from '../support/serve.js';

const NOW = Date.parse('2026-03-02T10:00:00.000Z') / 1_000;
const NOTE = `mutation($input: AddNoteInput!) { addNote(input: $input) { ${OUTCOME} } }`;
const WHO = `{ history(first: 1) { nodes { type actor { id role actorKind name { value sealedState } } } } }`;
const READ = '{ bodies { totalCount } }';
const at = (seconds: number): string => new Date((NOW + seconds) * 1_000).toISOString();

describe('Access tokens', () => {
  const keys = goodKeys();
  let issuer: Issuer;
  let served: Served;
  const claims = (): Fields => ({
    iss: issuer.url,
    aud: 'saksgang',
    sub: 'kari',
    iat: NOW,
    exp: NOW + 600,
    roles: ['sekretariat'],
    name: 'Kari Tilgang',
  });
  const token = (more: Fields = {}, key = keys.key): string => tokenOf(key, { ...claims(), ...more });
  const note = (commandId: string): Fields => ({ input: { commandId, item: { createdBy: 'ks' }, text: 'Fra en som er logget inn.' } });
  const settingsFor = (more: Fields = {}): readonly TrustedIssuer[] =>
    readSettings({
      OIDC_ISSUERS: JSON.stringify([
        {
          issuer: issuer.url,
          audiences: ['saksgang'],
          algorithms: ['ES256', 'RS256'],
          roleClaim: 'roles',
          roles: { sekretariat: 'secretariat', styringsgruppe: 'steering', innbygger: 'public' },
          nameClaim: 'name',
          ...more,
        },
      ]),
    }).OIDC_ISSUERS;

  beforeAll(async () => {
    const { key, other, rsa, weak, p384, forEncryption } = keys;
    issuer = await startIssuer([key, other, rsa, weak, p384, forEncryption]);
    served = await serve({ settings: { OIDC_ISSUERS: settingsFor() }, tuned: { driver: { knownEveryMs: 20 } } });
    await recordBodies(served);
  });
  afterAll(async () => {
    await served.close();
    await issuer.close();
  });
  beforeEach(() => served.at(at(0)));

  it('let the secretariat record, under one actor from the first token on, with the role of each', async () => {
    expect((await served.read(NOTE, note('token-1'), { key: token() })).addNote).toMatchObject({ __typename: 'Recorded' });
    const { nodes } = (await served.read(WHO, {}, { key: served.keys.secretariat })).history;
    const { actor } = nodes[0];
    expect(actor).toEqual({
      id: expect.stringMatching(/^actor-/) as string,
      role: 'SECRETARIAT',
      actorKind: 'PERSON',
      name: { value: 'Kari Tilgang', sealedState: 'SHOWN' },
    });
    await served.publishAll();
    expect((await served.read(WHO, {}, { key: null })).history.nodes[0].actor.name).toEqual({ value: null, sealedState: 'WITHHELD' });
    const rsa = { ...claims(), name: 'Kari Gift', exp: NOW + 300 };
    expect((await served.read(NOTE, note('token-2'), { key: tokenOf(keys.rsa, rsa) })).addNote.__typename).toBe('Recorded');
    expect((await served.read(WHO, {}, { key: token() })).history.nodes[0].actor).toEqual(actor);
    const steering = await served.read(NOTE, note('token-3'), { key: token({ roles: 'styringsgruppe' }) });
    expect(steering.addNote.__typename).toBe('Recorded');
    expect((await served.read(WHO, {}, { key: token() })).history.nodes[0].actor).toMatchObject({ id: actor.id });
    const citizen = await served.read(NOTE, note('token-4'), { key: token({ roles: ['innbygger', 'ukjent'] }) });
    expect(citizen.addNote).toMatchObject({ __typename: 'Refused', code: 'FORBIDDEN' });
  });

  it('are another’s when the subject is another, also one without a name', async () => {
    await served.read(NOTE, note('token-5'), { key: token({ sub: 'ola', name: undefined }) });
    const { nodes } = (await served.read(WHO, {}, { key: served.keys.secretariat })).history;
    expect(nodes[0].actor).toMatchObject({ role: 'SECRETARIAT', name: { value: null, sealedState: 'WITHHELD' } });
  });

  describe('that are bad, each in a way of its own,', () => {
    let all: readonly (readonly [string, string, number?])[];
    beforeAll(() => {
      all = badTokens({ ...keys, claims: claims(), now: NOW });
    });

    it('are refused by status and challenge, read nothing, record nothing, and stand in no line that is logged', async () => {
      expect(all.length).toBeGreaterThanOrEqual(140);
      expect(new Set(all.map(([, bad]) => bad)).size).toBe(all.length);
      // What is bad about them is told apart from what is wrong with the test.
      expect((await served.ask(READ, {}, { key: token() })).errors).toEqual([]);
      const head = await served.record.store.head();
      const logged = served.logged.length;
      for (const [how, bad, status = 401] of all) {
        const answer = await sendRaw(served.url, { authorization: [`Bearer ${bad}`] });
        // Too long a head is not read to its end: by then its sender may find the line closed.
        expect([how, status === 431 && answer.status === HUNG_UP ? status : answer.status]).toEqual([how, status]);
        if (status === 431) continue;
        const error = status === 403 ? 'insufficient_scope' : 'invalid_token';
        expect([how, answer.headers['www-authenticate']]).toEqual([
          how,
          expect.stringContaining(`Bearer realm="saksgang", error="${error}"`),
        ]);
        expect([how, answer.body.data, answer.body.errors.map((one: Json) => one.extensions.code)]).toEqual([
          how,
          undefined,
          [status === 403 ? 'FORBIDDEN' : 'UNAUTHENTICATED'],
        ]);
        if (bad.length > 12) expect([how, answer.text.includes(bad.slice(-12))]).toEqual([how, false]);
      }
      expect(await served.record.store.head()).toBe(head);
      const lines = served.logged.slice(logged).join('\n');
      const tails = all.flatMap(([, bad]) => bad.split('.')).filter((part) => part.length > 16);
      expect(tails.filter((part) => lines.includes(part.slice(0, 16)))).toEqual([]);
      expect(lines).toContain('an access token was refused');
    }, 60_000);

    it.each<[string, () => Readonly<Record<string, readonly string[]>>, string, number]>([
      ['two good ones', () => ({ authorization: [`Bearer ${token()}`, `Bearer ${token()}`] }), '', 400],
      ['a good one and a bad one behind it', () => ({ authorization: [`Bearer ${token()}`, 'Bearer x'] }), '', 400],
      ['a good one and a key', () => ({ authorization: [`Bearer ${token()}`], 'x-api-key': [served.keys.auditor] }), '', 400],
      ['one as a key', () => ({ 'x-api-key': [token()] }), '', 401],
      ['one without a scheme', () => ({ authorization: [token()] }), '', 401],
      ['Basic', () => ({ authorization: [`Basic ${Buffer.from(`kari:${token()}`).toString('base64')}`] }), '', 401],
      ['Digest', () => ({ authorization: [`Digest ${token()}`] }), '', 401],
      ['Bearer and nothing', () => ({ authorization: ['Bearer'] }), '', 401],
      ['Bearer and two', () => ({ authorization: [`Bearer ${token()} ${token()}`] }), '', 401],
      ['one in the address', () => ({}), 'access_token', 400],
      ['one in the address, in capitals', () => ({}), 'ACCESS_TOKEN', 400],
      ['one in the address beside a good one', () => ({ authorization: [`Bearer ${token()}`] }), 'token', 400],
    ])('or sent so that nobody can say which counts, are refused: %s', async (_how, headers, inUrl, status) => {
      const path = inUrl === '' ? served.url : `${served.url}?${inUrl}=${token()}`;
      const answer = await sendRaw(path, headers());
      expect(answer).toMatchObject({ status, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
      expect(answer.headers['www-authenticate']).toContain(status === 400 ? 'invalid_request' : 'invalid_token');
      expect(served.logged.join('\n').includes(token().slice(0, 60))).toBe(false);
    });

    it.each(TRANSPORTS)('open no subscription: %s', async (transport) => {
      const listening = listen(transport, served.url, 'subscription { entries { id } }', {}, `Bearer ${token({ aud: 'andre' })}`);
      expect(await whyOf(listening.take(1))).toMatch(/UNAUTHENTICATED|401/);
      await listening.leave();
    });
  });

  it('are told apart from the sign of a key that is turned: a new one works when its cool-down is over, and the old one no more', async () => {
    await served.read(READ, {}, { key: token() });
    const { asked } = issuer;
    const before = asked();
    const renewed = ecKey('ec-3');
    const old = issuer.keys.splice(0, 1, renewed);
    const fresh = (): Promise<Answer> => served.ask(READ, {}, { key: token({}, renewed) });
    // Keys were fetched at the start, at this very instant: nobody can make us ask again and again by naming keys.
    for (let times = 0; times < 5; times += 1) expect((await fresh()).status).toBe(401);
    expect(asked()).toBe(before);
    served.at(at(31));
    expect((await fresh()).errors).toEqual([]);
    expect(asked()).toBe(before + 1);
    expect((await served.ask(READ, {}, { key: token() })).status).toBe(401);
    issuer.keys.splice(0, 1, ...old);
    served.at(at(62));
    expect((await served.ask(READ, {}, { key: token() })).errors).toEqual([]);
  });

  it.each<[string, NonNullable<Parameters<Issuer['answering']>[0]>]>([
    ['is down', { status: 503 }],
    ['sends elsewhere', { status: 302, headers: { location: 'https://angriper.eksempel.no/' } }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    [
      'is another by its own word',
      { status: 200, body: '{"issuer":"https://andre.eksempel.no","jwks_uri":"https://andre.eksempel.no/k"}' },
    ],
    ['answers without end', { status: 200, body: `{"issuer":"${'x'.repeat(300_000)}"}` }],
  ])(
    'close the door when their issuer %s and its keys are too old to go by: not even the public’s is read by them',
    async (_what, instead) => {
      const house = await serve({ settings: { OIDC_ISSUERS: settingsFor() } });
      try {
        issuer.answering(instead);
        const long = { key: token({ exp: NOW + 3_000 }) };
        const answer = await house.ask(READ, {}, long);
        expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'IDENTITY_UNAVAILABLE', retryAfterMs: 5_000 } }] });
        expect(answer.headers.get('retry-after')).toBe('5');
        expect(answer.data ?? null).toBeNull();
        // A key asks nobody, and whoever sends nothing is the public.
        expect((await house.ask(READ, {}, { key: house.keys.auditor })).errors).toEqual([]);
        expect((await house.ask(READ)).errors).toEqual([]);
        issuer.answering(null);
        // It is not asked again at once; then it is, and all goes on.
        expect((await house.ask(READ, {}, long)).status).toBe(503);
        house.at(at(6));
        expect((await house.ask(READ, {}, long)).errors).toEqual([]);
      } finally {
        issuer.answering(null);
        await house.close();
      }
    },
  );

  it.each(TRANSPORTS)('end what they opened when they run out, and a key when it is revoked, in words: %s', async (transport) => {
    const { history } = await served.read('{ history(orderBy: OLDEST_FIRST, first: 1) { nodes { position } } }');
    const { id, secret } = await served.another('Vikar Vikarsen', 'auditor');
    const all = [token({ exp: NOW + 60 }), secret].map((credential) =>
      listen(
        transport,
        served.url,
        'subscription($after: Position) { entries(after: $after) { id } }',
        { after: history.nodes[0].position },
        `Bearer ${credential}`,
      ),
    );
    for (const one of all) expect(await one.take(1)).toHaveLength(1);
    await served.record.access.revoke(id);
    served.at(at(120));
    expect(await whyOf(all[1]!.rest())).toMatch(/tilbakekalt.*UNAUTHENTICATED/);
    expect(await whyOf(all[0]!.rest())).toMatch(/utløpt.*UNAUTHENTICATED/);
    for (const one of all) {
      expect(await one.rest()).toEqual([]);
      await one.leave();
    }
  });
});

/** Why something was not answered, however a client's library tells it. */
const whyOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'it was answered',
    (error: unknown) => (error instanceof Error ? error.message : JSON.stringify(error)),
  );

const HUNG_UP = 0; // status of no answer
type Raw = Readonly<{ status: number; headers: Readonly<Record<string, string | string[] | undefined>>; text: string; body: Json }>;

/** A question with headers exactly as they are given, also twice and beyond ASCII, which a browser's client would not send. */
const sendRaw = (url: string, headers: Readonly<Record<string, readonly string[]>>): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const lines = Object.entries(headers).flatMap(([name, values]) => values.flatMap((value) => [name, value]));
    const json = ['content-type', 'application/json', 'accept', 'application/graphql-response+json', 'connection', 'close'];
    const sending = request(
      url,
      { method: 'POST', agent: false, headers: ['host', new URL(url).host, ...json, ...lines] as never },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: text.startsWith('{') ? JSON.parse(text) : null,
          }),
        );
      },
    );
    sending.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve({ status: HUNG_UP, headers: {}, text: '', body: null }) : reject(error),
    );
    sending.end(JSON.stringify({ query: READ }));
  });
