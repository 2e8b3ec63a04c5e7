import { isRefusal } from '@saksgang/kernel';
import { letterInput, recordBodies } from '../support/letter.js';
import { OUTCOME, serve, type Answer, type Fields, type Served } from '../support/serve.js';

const RECORD = `mutation($input: RecordResolutionInput!) { recordResolution(input: $input) { ${OUTCOME} } }`;
const NOTE = `mutation($input: AddNoteInput!) { addNote(input: $input) { ${OUTCOME} } }`;

describe('Who may record:', () => {
  let served: Served;
  const send = (headers: Readonly<Record<string, string>>): Promise<Answer> =>
    served.ask(RECORD, { input: letterInput() }, { key: null, headers });
  const bearer = (secret: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${secret}` });
  const nothingIsRecordedBy = async (attempt: () => Promise<Answer>): Promise<Answer> => {
    const head = await served.record.store.head();
    const answer = await attempt();
    expect(await served.record.store.head()).toBe(head);
    return answer;
  };

  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
  });
  afterAll(() => served.close());

  it.each<[string, () => Readonly<Record<string, string>>]>([
    ['no key', () => ({})],
    ['an unknown key', () => bearer(`sk_${'A'.repeat(43)}`)],
    ['a key that is none', () => bearer('hemmelig')],
    ['a key with one letter changed', () => bearer(served.keys.secretariat.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')))],
    ['basic authentication', () => ({ authorization: `Basic ${served.keys.secretariat}` })],
    ['two keys that differ', () => ({ ...bearer(served.keys.secretariat), 'x-api-key': served.keys.steering })],
  ])('with %s the answer is UNAUTHENTICATED, with how to send one, and nothing is recorded', async (_what, headers) => {
    const answer = await nothingIsRecordedBy(() => send(headers()));
    expect(answer.errors.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(answer.errors[0]?.message).toContain('Authorization: Bearer sk_');
    expect(answer.data?.recordResolution ?? null).toBeNull();
  });

  it('a revoked key is no good from that moment on', async () => {
    const { id, secret } = await served.another('Vikar Vikarsen', 'secretariat');
    const note = (commandId: string): Fields => ({ input: { commandId, item: { createdBy: 'ks' }, text: 'Fra vikaren.' } });
    expect((await served.read(NOTE, note('vikar-1'), { key: secret })).addNote.__typename).toBe('Recorded');
    const revoked = await served.record.access.revoke(id);
    expect(isRefusal(revoked) ? null : revoked.revokedAt).toBe('2026-03-02T10:00:00.000Z');
    const answer = await nothingIsRecordedBy(() => served.ask(NOTE, note('vikar-2'), { key: secret }));
    expect(answer.errors.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('the key may also be sent as x-api-key', async () => {
    const input = { commandId: 'x-api-key', item: { createdBy: 'ks' }, text: 'Med eget felt.' };
    const { data } = await served.ask(NOTE, { input }, { key: null, headers: { 'x-api-key': served.keys.secretariat } });
    expect(data.addNote.__typename).toBe('Recorded');
  });

  it('a steering member may add a note, and is refused when recording a resolution, in each language', async () => {
    const note = { commandId: 'merknad', item: { createdBy: 'ks' }, text: 'Fra styringsgruppen.' };
    expect(await served.mutate('addNote', note, { key: served.keys.steering })).toMatchObject({ __typename: 'Recorded' });
    const words = { nb: 'Be sekretariatet', nn: 'Be sekretariatet', en: 'Ask the secretariat' };
    for (const [language, what] of Object.entries(words)) {
      const { data } = await nothingIsRecordedBy(() =>
        served.ask(RECORD, { input: letterInput() }, { key: served.keys.steering, headers: { 'accept-language': language } }),
      );
      expect(data.recordResolution).toMatchObject({ __typename: 'Refused', code: 'FORBIDDEN' });
      expect(data.recordResolution.whatToDo).toContain(what);
    }
  });

  it('an auditor reads, and records nothing', async () => {
    const note = { commandId: 'revisor', item: { createdBy: 'ks' }, text: 'Fra revisor.' };
    const answer = await nothingIsRecordedBy(() => served.ask(NOTE, { input: note }, { key: served.keys.auditor }));
    expect(answer.data.addNote).toMatchObject({ __typename: 'Refused', code: 'FORBIDDEN' });
    expect((await served.read(`{ bodies { totalCount } }`, {}, { key: served.keys.auditor })).bodies.totalCount).toBe(2);
  });

  it('reading takes no key, unless the record is set so: then every operation does, on every transport', async () => {
    await served.publishAll();
    expect((await served.read(`{ bodies { totalCount } }`, {}, { key: null })).bodies.totalCount).toBe(2);
    const shut = await serve({ publicRead: false });
    try {
      const stranger = await shut.ask(`{ bodies { totalCount } }`, {}, { key: null });
      expect(stranger.errors.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect(stranger.data ?? null).toBeNull();
      expect((await shut.read(`{ bodies { totalCount } }`, {}, { key: shut.keys.auditor })).bodies.totalCount).toBe(0);
      const stream = await fetch(`${shut.url}/stream?query=${encodeURIComponent('subscription { entries { id } }')}`, {
        headers: { accept: 'text/event-stream' },
      });
      expect(await stream.text()).toContain('UNAUTHENTICATED');
    } finally {
      await shut.close();
    }
  });

  it('the secret of no key is in any line that was logged', () => {
    const log = served.logged.join('\n');
    for (const secret of Object.values(served.keys)) expect(log.includes(secret)).toBe(false);
  });
});
