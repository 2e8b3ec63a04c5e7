import {
  history,
  NOW,
  type AnyKind,
  type EntryCorrected,
  type EventSpec,
  type Json,
  type Move,
  type Parser,
  type Registry,
  type Sealed,
  type Secret,
} from '@saksgang/kernel';
import { seededRandom } from '../testing/seeded-random.js';
import { uuidOf } from '../testing/sample-events.js';
import { createCodec, UndecodableEntry, type Draft, type Leaf } from './codec.js';
import type { NewEvent, StoredEvent } from './event-store.js';

/** A kind at its third version: the text was first called «title», then «heading»; then notes came. */
const parseMinuted: Parser<object> = (value) => {
  const data = value as { text?: unknown; notes?: unknown };
  if (typeof data.text !== 'string') return { ok: false, issues: [{ path: ['text'], code: 'not-a-text', message: 'is no text' }] };
  return { ok: true, value: { ...data, text: data.text, notes: data.notes ?? null } };
};
const renamed =
  (from: string, to: string) =>
  (data: Json): Json => {
    const { [from]: value, ...rest } = data as Record<string, Json>;
    if (value === undefined) throw new Error(`${from} is missing`);
    return { ...rest, [to]: value };
  };
const moved =
  (from: string, to: string): Move =>
  ({ path, value }) => ({ path: path === from ? to : path, value });
const minuted: EventSpec = {
  version: 3,
  parse: parseMinuted,
  upcasters: [renamed('title', 'heading'), renamed('heading', 'text')],
  moves: [moved('title', 'heading'), moved('heading', 'text')],
};
const gap: EventSpec = { version: 3, parse: parseMinuted, upcasters: [] };
const noted: EventSpec = { version: 1, parse: (value) => ({ ok: true, value: value as object }), upcasters: [] };

const kind = { name: 'minutes', events: { Minuted: minuted, Gapped: gap } } as unknown as AnyKind;
const registry = {
  kinds: new Map([['minutes', kind]]),
  shared: { events: { NoteAdded: noted, EntryCorrected: noted } },
  persons: { events: { PersonErased: noted } },
} as unknown as Registry;
const codec = createCodec({
  registry,
  random: seededRandom('codec'),
  sealer: {
    box: async (entry, { handle, value }) => ({
      commitment: handle.sealed,
      person: handle.person,
      bytes: Buffer.from(`${entry} ${value}`),
    }),
  },
  leafOf: (leaf) => JSON.stringify(leaf),
  parseLeaf: (text) => JSON.parse(text) as Leaf,
});

const stream = `minutes-${uuidOf('minutes')}`;
const draftOf = (data: object, more: Partial<Draft> = {}): Draft => ({
  id: uuidOf('entry'),
  stream,
  revision: 4,
  recordedAt: '2018-10-03T10:00:00.000Z',
  actor: 'example-loader',
  commandId: 'command-1',
  inputDigest: 'digest',
  occurred: { text: '../2018-10-03', asWritten: null },
  assertedBy: null,
  source: null,
  reason: null,
  event: { type: 'Minuted', data },
  ...more,
});
const storedAs = (event: NewEvent, more: Partial<StoredEvent> = {}): StoredEvent => ({
  ...event,
  stream,
  revision: 4,
  position: 'log-7',
  ...more,
});
const encoded = async (draft: Draft, secrets: readonly Secret[] = []): Promise<NewEvent> => {
  const [event] = await codec.encode([draft], new Map(secrets.map((secret) => [secret.handle.sealed, secret])));
  return event as NewEvent;
};
/** As an earlier program (or a broken disk) left it. */
const leftAs = async (change: Partial<Leaf>): Promise<StoredEvent> => {
  const event = await encoded(draftOf({ text: 'vedtatt' }));
  return storedAs({ ...event, leaf: JSON.stringify({ ...(JSON.parse(event.leaf) as Leaf), ...change }) });
};
const whyPoison = (stored: StoredEvent): string => {
  try {
    codec.decode(stored);
  } catch (error) {
    expect(error).toBeInstanceOf(UndecodableEntry);
    expect(error).toMatchObject({ position: 'log-7', type: stored.type });
    return (error as UndecodableEntry).why;
  }
  throw new Error('it was decoded');
};

describe('the codec', () => {
  it('gives back what was drafted, at the current version', async () => {
    const draft = draftOf({ text: 'vedtatt', notes: 'enstemmig' });
    expect(codec.decode(storedAs(await encoded(draft)))).toEqual({ ...draft, position: 'log-7', version: 3, moves: minuted.moves });
  });

  it('writes a leaf of exactly the fields of the stored form', async () => {
    const leaf = JSON.parse((await encoded(draftOf({ text: 'vedtatt' }))).leaf) as Leaf;
    expect(Object.keys(leaf).sort()).toEqual(
      'actor assertedBy commandId data id inputDigest nonce occurred reason recordedAt revision source stream type version'.split(' '),
    );
    expect(leaf).toMatchObject({ type: 'Minuted', version: 3, data: { text: 'vedtatt', notes: null } });
  });

  it('gives every leaf a nonce of its own: 16 bytes', async () => {
    const [one, two] = [await encoded(draftOf({ text: 'a' })), await encoded(draftOf({ text: 'a' }))].map(
      (event) => JSON.parse(event.leaf) as Leaf,
    );
    expect(Buffer.from(one?.nonce as string, 'base64url')).toHaveLength(16);
    expect(one?.nonce).not.toBe(two?.nonce);
  });

  it('knows the events every kind has', async () => {
    const draft = draftOf({}, { event: { type: 'NoteAdded', data: { text: 'husk', part: null } } });
    expect(codec.decode(storedAs(await encoded(draft))).event).toEqual(draft.event);
  });

  it('knows what is recorded of a person, in a stream that is no item', async () => {
    const person = `person-${uuidOf('Kari')}`;
    const draft = draftOf({}, { stream: person, event: { type: 'PersonErased', data: { person } } });
    expect(codec.decode(storedAs(await encoded(draft), { stream: person })).event).toEqual(draft.event);
  });

  it('stores data as it was parsed, so that it need not be parsed again when it is read', async () => {
    const event = await encoded(draftOf({ text: 'vedtatt' }));
    expect((JSON.parse(event.leaf) as Leaf).data).toEqual({ text: 'vedtatt', notes: null });
    expect(codec.decode(storedAs(event)).event.data).toEqual({ text: 'vedtatt', notes: null });
  });

  it('refuses to store what it could not read back', async () => {
    await expect(encoded(draftOf({ text: 7 }))).rejects.toThrow(/text: is no text/);
    await expect(encoded(draftOf({}, { event: { type: 'Unheard', data: {} } }))).rejects.toThrow(/knows no such event/);
    await expect(encoded(draftOf({}, { event: { type: 'constructor', data: {} } }))).rejects.toThrow(/knows no such event/);
    await expect(encoded(draftOf({ text: 'a' }, { stream: 'people-1' }))).rejects.toThrow(/no kind "people"/);
  });

  describe('upcasting', () => {
    it.each([
      [1, 'title'],
      [2, 'heading'],
      [3, 'text'],
    ])('takes along the corrections made at version %i', async (version, path) => {
      const first = codec.decode(await leftAs({ version: 1, data: { title: 'vedtat' } }));
      const data: EntryCorrected['data'] = {
        entry: first.id,
        version,
        occurred: null,
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path, value: 'vedtatt' }],
      };
      const correction = draftOf({}, { id: uuidOf('correction'), revision: 5, event: { type: 'EntryCorrected', data } });
      const second = codec.decode(storedAs(await encoded(correction), { revision: 5, position: 'log-8' }));
      expect(history([first, second], NOW).asRead.get(first.id)?.event.data).toEqual({ text: 'vedtatt', notes: null });
    });
    it('takes the first version through every step', async () => {
      const entry = codec.decode(await leftAs({ version: 1, data: { title: 'vedtatt' } }));
      expect(entry.event).toEqual({ type: 'Minuted', data: { text: 'vedtatt', notes: null } });
    });

    it('takes a later version only through the steps that are left', async () => {
      expect(codec.decode(await leftAs({ version: 2, data: { heading: 'vedtatt' } })).event.data).toEqual({ text: 'vedtatt', notes: null });
    });

    it('keeps the stored version beside the brought-up data', async () => {
      expect(codec.decode(await leftAs({ version: 1, data: { title: 'vedtatt' } })).version).toBe(1);
    });
  });

  describe('calls it poison, with the position, the type and why', () => {
    it.each([
      ['a newer version than it knows', { version: 4 }, /needs a newer program: version 4, this one reads up to 3/],
      ['a version that is none', { version: 0 }, /0 is no version/],
      ['brought-up data that does not parse', { version: 2, data: { heading: 7 } }, /text: is no text/],
      ['data an upcaster cannot take', { version: 1, data: { other: 1 } }, /bringing it up to date failed/],
      ['another id in the leaf', { id: uuidOf('other') }, /another place in the log/],
      ['another stream in the leaf', { stream: 'minutes-other' }, /another place in the log/],
      ['another revision in the leaf', { revision: 5 }, /another place in the log/],
      ['another type in the leaf', { type: 'NoteAdded' }, /another place in the log/],
    ] as const)('%s', async (_, change, why) => {
      expect(whyPoison(await leftAs(change))).toMatch(why);
    });

    it('a leaf that is not one', async () => {
      expect(whyPoison({ ...(await leftAs({})), leaf: '{"half' })).toBe('its leaf is not one');
    });

    it('a missing step', async () => {
      expect(whyPoison({ ...(await leftAs({ type: 'Gapped', version: 1 })), type: 'Gapped' })).toMatch(/no step from version 1 to 2/);
    });

    it('an unknown kind, also for an event every kind has', async () => {
      const people = `people-${uuidOf('Kari')}`;
      expect(whyPoison({ ...(await leftAs({ stream: people })), stream: people })).toMatch(/no kind "people"/);
      const noted = await leftAs({ stream: people, type: 'NoteAdded' });
      expect(whyPoison({ ...noted, stream: people, type: 'NoteAdded' })).toMatch(/no kind "people"/);
    });

    it('what is not recorded of persons, also what every kind has', async () => {
      const person = `person-${uuidOf('Kari')}`;
      const noted = await leftAs({ stream: person, type: 'NoteAdded' });
      expect(whyPoison({ ...noted, stream: person, type: 'NoteAdded' })).toMatch(/nothing such is recorded of persons/);
    });
  });

  describe('sealing', () => {
    const sealed = (word: string): Sealed => ({ sealed: `commitment-${word}`, person: `person-${uuidOf(word)}` });
    const secret = (word: string): Secret => ({ handle: sealed(word), salt: new Uint8Array(32), value: word });

    it('boxes every sealed value that stands in the entry, wherever it stands, once each, for this entry', async () => {
      const draft = draftOf(
        { text: 'vedtatt', voted: [{ by: sealed('Kari') }, { by: { body: null, name: sealed('Ola') } }, { by: sealed('Kari') }] },
        { assertedBy: { body: null, name: sealed('Tom') } },
      );
      const { boxes } = await encoded(draft, ['Kari', 'Ola', 'Tom', 'nobody here'].map(secret));
      const contents = boxes.map((box) => [box.commitment, box.person, Buffer.from(box.bytes).toString()]);
      expect(contents.sort()).toEqual(
        ['Kari', 'Ola', 'Tom'].map((word) => [sealed(word).sealed, sealed(word).person, `${draft.id} ${word}`]),
      );
    });

    it('makes no box where nothing is sealed', async () => {
      expect((await encoded(draftOf({ text: 'vedtatt' }), [secret('Kari')])).boxes).toEqual([]);
    });

    it('lets a value stand without a box whose person has been erased', async () => {
      const kari = sealed('Kari');
      const [event] = await codec.encode([draftOf({ text: 'vedtatt', by: kari })], new Map([[kari.sealed, null]]));
      expect(event!.boxes).toEqual([]);
      expect(event!.leaf).toContain(kari.sealed);
    });

    it('refuses a sealed value whose secret is not at hand, and does not say its name', async () => {
      const failure = encoded(draftOf({ text: 'vedtatt', by: sealed('Kari') }), [secret('Ola')]);
      await expect(failure).rejects.toThrow(/whose secret is not at hand/);
      await expect(failure).rejects.not.toThrow(/Ola/);
    });
  });
});
