import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, validate } from 'graphql';
import { SETTINGS } from '../../apps/api/src/settings.js';
import { DOOR } from '../../apps/api/src/door.js';
import { ANSWER_MS, BODY_BYTES_MAX, EXCEEDED, LIMITS, SOCKETS } from '@saksgang/graphql-driver';
import { rowsOf, sectionOf } from '../support/readme.js';
import { type Json, serve, type Served } from '../support/serve.js';

const ROOT = new URL('../../', import.meta.url);
const text = (path: string): string => readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
const README = text('README.md');
const schema = buildSchema(text('test/golden/schema.graphql'));

const ANSWER = '<!-- answer -->';
type Block = Readonly<{ language: string; content: string; before: string }>;
type Snippet = Readonly<{ line: number; query: string; answer: Json }>;

/** The fenced blocks in order, each with what stands between it and the block before. */
const blocks = (markdown: string): readonly Block[] => {
  let end = 0;
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const before = markdown.slice(end, match.index).trim();
    end = match.index + match[0].length;
    return { language: match[1] ?? '', content: match[2] ?? '', before };
  });
};

/** Every GraphQL block, with the answer that follows it under its mark. @throws on a block that nobody would run */
const snippetsOf = (markdown: string): readonly Snippet[] => {
  const all = blocks(markdown);
  return all.flatMap(({ language, content, before }, index) => {
    const isAnswer = language === 'json' && before === ANSWER && all[index - 1]?.language === 'graphql';
    if (language === 'json' && !isAnswer) throw new Error(`a json block that is no answer to a graphql block: ${content}`);
    if (language !== 'graphql') return [];
    const next = all[index + 1];
    const answer: Json = next?.language === 'json' ? JSON.parse(next.content) : null;
    return [{ line: markdown.slice(0, markdown.indexOf(content)).split('\n').length, query: content, answer }];
  });
};

const SNIPPETS = snippetsOf(README);

describe('What the README shows', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
  });
  afterAll(() => served.close());

  it('is a mutation and its timeline at least, each with its answer', () => {
    const kinds = SNIPPETS.map(({ query }) =>
      parse(query).definitions.map((one) => ('operation' in one ? one.operation : one.kind)),
    ).flat();
    expect(kinds).toEqual(expect.arrayContaining(['mutation', 'query']));
    expect(SNIPPETS.some(({ query, answer }) => query.includes('timeline') && answer !== null)).toBe(true);
    expect(SNIPPETS.some(({ query, answer }) => query.includes('recordResolution') && answer !== null)).toBe(true);
  });

  it.each(SNIPPETS.map((snippet) => [snippet.line, snippet] as const))(
    'on line %i fits the schema, runs on the example, and is answered so',
    async (_line, { query, answer }) => {
      expect(validate(schema, parse(query))).toEqual([]);
      // What one snippet recorded the next reads: on a server of another machine that takes a moment.
      const headers = { 'x-at-least-position': await served.record.store.head() };
      const data = await served.read(query, {}, { key: served.keys.secretariat, headers });
      expect(data).toMatchObject(answer ?? {});
      for (const outcome of Object.values(data as Readonly<Record<string, Json>>)) expect(outcome?.code ?? null).toBeNull();
    },
  );

  it('sends the first again: the same answer, replayed', async () => {
    const [first] = SNIPPETS.filter(({ query }) => query.includes('recordResolution'));
    const { recordResolution } = await served.read(first?.query ?? '', {}, { key: served.keys.secretariat });
    expect(recordResolution).toMatchObject({ ...first?.answer.recordResolution, replayed: true, item: {} });
  });

  it('names every setting there is, with its default, and no other', () => {
    const [, table = ''] = /## Settings\n([\s\S]*?)\n## /.exec(README) ?? [];
    const rows = [...table.matchAll(/^\| `([A-Z_]+)` +\| (.*?) +\|/gm)].map(([, name = '', byDefault = '']) => [name, byDefault] as const);
    expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(SETTINGS).sort());
    for (const [name, byDefault] of rows) {
      const data = SETTINGS[name as keyof typeof SETTINGS].safeParse(undefined).data as string | number | boolean | undefined;
      const shown = typeof data === 'boolean' ? (data ? 'on' : 'off') : String(data ?? (byDefault === 'none' ? 'none' : 'DATA_DIR'));
      expect([name, byDefault]).toEqual([name, expect.stringContaining(shown)]);
    }
  });

  it('tells every limit with its size and its code', () => {
    const rows = rowsOf(sectionOf('What one request may ask for'));
    const seconds = (ms: number): string => `${ms / 1_000} s`;
    const limits = [
      ...Object.entries(LIMITS).map(([name, size]) => [EXCEEDED[name as keyof typeof LIMITS].code, size.toLocaleString('en')] as const),
      ['TIMEOUT', seconds(ANSWER_MS)],
      ['OVERLOADED', String(DOOR.inFlight)],
      ['OVERLOADED', seconds(DOOR.loopDelayMs)],
      ['408', `${seconds(DOOR.headMs)}; ${seconds(DOOR.requestMs)}`],
      ['TOO_MANY_OPERATIONS', String(SOCKETS.operations)],
      ['TOO_MANY_SUBSCRIPTIONS', String(SOCKETS.subscriptions)],
      ['4429', String(SOCKETS.messages)],
      ['4408', seconds(SOCKETS.initMs)],
      ['BODY_TOO_LARGE', `${BODY_BYTES_MAX / 1_048_576} MiB`],
    ] as const;
    for (const [code, size] of limits) {
      const told = rows.filter(([, , codes = '']) => codes.includes(code)).map(([, sizes = '']) => sizes);
      expect([code, told.some((sizes) => sizes.includes(size))]).toEqual([code, true]);
    }
  });

  it('names only commands and files that are there', () => {
    const { scripts } = JSON.parse(text('package.json')) as Readonly<{ scripts: Readonly<Record<string, string>> }>;
    const named = [...README.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const files = [...README.matchAll(/(?:`|\]\()((?:apps|libs|test|docker)\/[\w./-]+)(?:`|\))/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((path) => !existsSync(fileURLToPath(new URL(path, ROOT))))).toEqual([]);
  });
});

describe('The reader of the README', () => {
  it('takes blocks and their answers in order', () => {
    const markdown = `a\n\`\`\`graphql\n{ __typename }\n\`\`\`\n\n${ANSWER}\n\n\`\`\`json\n{"a":1}\n\`\`\`\n\n\`\`\`graphql\n{ b }\n\`\`\`\n`;
    expect(snippetsOf(markdown)).toEqual([
      { line: 3, query: '{ __typename }\n', answer: { a: 1 } },
      { line: 13, query: '{ b }\n', answer: null },
    ]);
  });

  it('does not pass over an answer that belongs to nothing', () => {
    expect(() => snippetsOf('```json\n{}\n```\n')).toThrow(/no answer/);
    expect(() => snippetsOf('```graphql\n{ a }\n```\nThe answer:\n```json\n{}\n```\n')).toThrow(/no answer/);
  });
});
