import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Terminal } from './terminal.js';

const ANSWER_MS_MAX = 30_000; // ms one answer may take
const PAGES_MAX = 200; // pages of one list
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** `Data`: what the document asks for; the server is held to the same contract. */
export type Ask = <Data>(document: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;
export type Connection<Row> = Readonly<{ nodes: readonly Row[]; pageInfo: Readonly<{ hasNextPage: boolean; endCursor: string | null }> }>;

/** Asks the running server. `url` null: the one these settings would start. @throws Error that says what is wrong and what to do */
export const asking = ({ environment }: Terminal, url: string | null): Ask => {
  const endpoint = endpointOf(environment, url);
  const key = LOOPBACK.has(endpoint.hostname) ? keyIn(environment) : null;
  return async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const { data, errors } = await post<Data>(endpoint, key, JSON.stringify({ query, variables }));
    if (errors?.[0]) throw new Error(errors.map(({ message }) => message).join('\n'));
    if (data === undefined) throw new Error(`${endpoint.href} answered without data: check --url.`);
    return data;
  };
};

const endpointOf = (environment: Terminal['environment'], url: string | null): URL => {
  const host = environment['HOST'] || '127.0.0.1';
  // An address to listen on everywhere is none to call: this machine is.
  const called = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const given = url ?? `http://${called}:${environment['PORT'] || '3000'}/graphql`;
  if (!URL.canParse(given) || !/^https?:$/u.test(new URL(given).protocol))
    throw new Error(`«${given}» is no address of a server: write http://HOST:PORT/graphql.`);
  return new URL(given);
};

/** The secretariat's own key, where this user may read it. It is never sent to another machine. */
const keyIn = (environment: Terminal['environment']): string | null => {
  const file = join(resolve(environment['DATA_DIR'] || './data'), 'secretariat.key');
  if (!existsSync(file)) return null;
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    // Not ours to read: then we read what the public may.
    return null;
  }
};

type Answered<Data> = Readonly<{ data?: Data; errors?: readonly Readonly<{ message: string }>[] }>;

const post = async <Data>(endpoint: URL, key: string | null, body: string): Promise<Answered<Data>> => {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    'accept-language': 'nb',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    redirect: 'error',
  }).catch(() => {
    throw new Error(`No server answers at ${endpoint.href}: start it with \`npm start\`, or say where it is with --url.`);
  });
  try {
    return (await response.json()) as Answered<Data>;
  } catch {
    throw new Error(`${endpoint.href} answered ${response.status}, and not as a server of this kind does: check --url.`);
  }
};

/** All rows of a list, page by page. The document asks for one connection, called `rows`, with `$after`. */
export const allOf = async <Row>(ask: Ask, document: string, variables: Readonly<Record<string, unknown>>): Promise<readonly Row[]> => {
  const all: Row[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { rows }: Readonly<{ rows: Connection<Row> }> = await ask(document, { ...variables, after });
    all.push(...rows.nodes);
    if (!rows.pageInfo.hasNextPage) return all;
    after = rows.pageInfo.endCursor;
  }
  throw new Error(`There are more than ${PAGES_MAX} pages: name a project.`);
};

/** «Oppspill», or the id of a project. */
export const projectNamed = (name: string): Readonly<Record<string, string>> =>
  /^project-[0-9a-f-]{36}$/u.test(name) ? { id: name } : { reference: name, kind: 'PROJECT' };

export const PARTY = `fragment Party on Party {
  ... on Body { name } ... on NamedParty { name } ... on Person { personName { value sealedState } } }`;

export type SealedText = Readonly<{ value: string | null; sealedState: string }>;
export type Party = Readonly<{ name?: string; personName?: SealedText }>;

const NOT_SHOWN: Readonly<Record<string, string>> = { WITHHELD: '(unntatt)', ERASED: '(slettet)' };
export const sealedOf = (text: SealedText | null | undefined): string | null =>
  text ? (text.value ?? NOT_SHOWN[text.sealedState] ?? null) : null;
export const nameOf = (party: Party | null): string | null => party?.name ?? sealedOf(party?.personName);
