import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type Attack, ask, by, bytes, get, HEAD, INIT, operation, operations, post, socket } from './hostile.js';

/** What is sent, and how it is refused. */
export type Shape = readonly [title: string, attack: Attack, status: number, code: string | null];
const times = (count: number, tell: (at: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, at) => tell(at)).join(between);
const nested = (levels: number, open: string, inner: string, close: string): string =>
  `${open.repeat(levels)}${inner}${close.repeat(levels)}`;

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const DEAR = 'first: 100) { nodes { id title';
const DOCUMENTS: readonly Shape[] = [
  ['17 levels of projects', ask(`{ items { nodes { ${nested(17, 'projects { ', 'id', ' }')} } } }`), 400, 'TOO_DEEP'],
  [
    'levels hidden in a chain of fragments',
    ask(
      `{ items { nodes { ...F0 } } } ${times(20, (at) => `fragment F${at} on Item { projects { ...F${at + 1} } }`)} fragment F20 on Item { id }`,
    ),
    400,
    'TOO_DEEP',
  ],
  ['levels hidden in inline fragments', ask(`{ items { nodes { ${nested(17, '... { projects { ', 'id', ' } }')} } } }`), 400, 'TOO_DEEP'],
  ['2,400 levels of lists', ask(`{ nodes(ids: ${nested(2_400, '[', '', ']')}) { id } }`), 400, 'TOO_DEEP'],
  ['2,400 levels of objects', ask(`{ items(filter: ${nested(1_600, '{a:', '1', '}')}) { position } }`), 400, 'TOO_DEEP'],
  ['1,000 aliases of nothing', ask(`{ ${times(1_000, (at) => `a${at}: __typename`)} }`), 400, 'TOO_MANY_ALIASES'],
  ['60 aliases of something dear', ask(`{ ${times(60, (at) => `a${at}: gaps { rule }`)} }`), 400, 'TOO_COSTLY'],
  [
    'aliases hidden in fragments',
    ask(`{ ...A } fragment A on Query { ${times(61, (at) => `a${at}: __typename`)} }`),
    400,
    'TOO_MANY_ALIASES',
  ],
  ['the same field 500 times', ask(`{ ${times(500, () => '__typename')} }`), 400, 'TOO_MANY_REPEATS'],
  ['the same page 500 times', ask(`{ ${times(500, () => 'items { position }')} }`), 400, 'TOO_MANY_REPEATS'],
  ['the same fragment 500 times', ask(`{ ${times(500, () => '...A')} } fragment A on Query { __typename }`), 400, 'TOO_MANY_REPEATS'],
  [
    'a bomb of fragments, each spread twice in the one before',
    ask(
      `{ ...F0 } ${times(40, (at) => `fragment F${at} on Query { ...F${at + 1} ... { ...F${at + 1} } }`)} fragment F40 on Query { __typename }`,
    ),
    400,
    'TOO_COSTLY',
  ],
  ['a fragment in itself', ask('{ ...A } fragment A on Query { __typename ...A }'), 400, INVALID],
  [
    'three fragments in a ring',
    ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }'),
    400,
    INVALID,
  ],
  [
    '400 fragments nobody uses',
    ask(`{ __typename } ${times(400, (at) => `fragment F${at} on Query { __typename }`)}`),
    400,
    'TOO_MANY_DEFINITIONS',
  ],
  ['99 fragments nobody uses', ask(`{ __typename } ${times(99, (at) => `fragment F${at} on Query { __typename }`)}`), 400, INVALID],
  ['100 directives on one field', ask(`{ __typename ${times(100, () => '@include(if: true)')} }`), 400, 'TOO_MANY_DIRECTIVES'],
  [
    'directives spread over 40 fields',
    ask(`{ ${times(40, (at) => `a${at}: __typename @include(if: true) @skip(if: false)`)} }`),
    400,
    'TOO_MANY_DIRECTIVES',
  ],
  ['ten directives there are not', ask(`{ __typename ${times(10, () => '@aa')} }`), 400, INVALID],
  ['tokens without end', ask(`{ ${times(6_000, () => 'a')} }`), 400, 'TOO_MANY_TOKENS'],
  ['blanks and commas without end', ask(`{ __typename ${' ,'.repeat(100_000)} }`), 400, 'DOCUMENT_TOO_LONG'],
  ['a comment without end', ask(`{ __typename } #${'a'.repeat(200_000)}`), 400, 'DOCUMENT_TOO_LONG'],
  ['a name of 900,000 letters', ask(`{ ${'a'.repeat(900_000)} }`), 400, 'DOCUMENT_TOO_LONG'],
  ['1,000 fields there are not, each like one there is', ask(`{ ${times(1_000, (at) => `resolution${at}`)} }`), 400, INVALID],
  ['an escape beyond Unicode', ask('{ search(text: "\\u{110000}") { totalCount } }'), 400, 'GRAPHQL_PARSE_FAILED'],
  ['half a surrogate, escaped', ask('{ search(text: "\\uD800") { totalCount } }'), 400, 'GRAPHQL_PARSE_FAILED'],
  ['NUL in the document', ask('{ __typename \u0000 }'), 400, 'GRAPHQL_PARSE_FAILED'],
  ['text turned around by invisible signs', ask('{ \u202e__typename }'), 400, 'GRAPHQL_PARSE_FAILED'],
  ['a whole number of 400 digits', ask(`{ items(first: ${'9'.repeat(400)}) { position } }`), 400, INVALID],
  ['a number beyond all numbers', ask('{ items(first: 1e400) { position } }'), 400, INVALID],
  [
    'pages in pages in pages',
    ask(`{ items(${DEAR} timeline(${DEAR} item { history(first: 100) { nodes { id } } } } } } } }`),
    400,
    'TOO_COSTLY',
  ],
  [
    'the same by edges',
    ask(
      '{ items(first: 100) { edges { node { timeline(first: 100) { edges { node { item { timeline(first: 100) { edges { cursor } } } } } } } } } }',
    ),
    400,
    'TOO_COSTLY',
  ],
  [
    'the same by variables',
    ask(
      `query($n: Int) { items(first: $n) { nodes { timeline(first: $n) { nodes { item { history(first: $n) { nodes { id } } } } } } } }`,
      { n: 100 },
    ),
    400,
    'TOO_COSTLY',
  ],
  [
    'the same by the defaults of variables',
    ask(
      `query($n: Int = 100) { items(first: $n) { nodes { timeline(first: $n) { nodes { item { history(first: $n) { nodes { id } } } } } } } }`,
    ),
    400,
    'TOO_COSTLY',
  ],
  [
    'a dear operation behind a cheap one',
    post(JSON.stringify({ query: `query A { __typename } query B { ${times(60, (at) => `a${at}: gaps { rule }`)} }`, operationName: 'B' })),
    400,
    'TOO_COSTLY',
  ],
  ['1,000 operations in one document', ask(times(1_000, (at) => `query Q${at} { __typename }`)), 400, 'TOO_MANY_DEFINITIONS'],
  ['100 operations in one document, none of them named', ask(times(100, (at) => `query Q${at} { __typename }`)), 400, 'UNKNOWN_OPERATION'],
  [
    'introspection in a circle',
    ask('{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }'),
    400,
    INVALID,
  ],
  ['introspection of types of types', ask(`{ __type(name: "Query") { ${nested(20, 'ofType { ', 'name', ' }')} } }`), 400, 'TOO_DEEP'],
  ['the whole schema ten times', ask(`{ ${times(10, (at) => `a${at}: __schema { types { name } }`)} }`), 400, 'TOO_COSTLY'],
  ['101 ids in the document', ask(`{ nodes(ids: [${times(101, () => '"x"', ', ')}]) { id } }`), 400, 'LIST_TOO_LONG'],
  ['1,000 variables', ask(`query(${times(1_000, (at) => `$v${at}: Int`)}) { __typename }`), 400, INVALID],
  ['a subscription where answers are given', ask('subscription { entries { id } }'), 400, 'WRONG_TRANSPORT'],
];

const HOLDING = 'query($ids: [ID!]! = []) { nodes(ids: $ids) { id } }';
const VARIABLES: readonly Shape[] = [
  ['100,000 ids', ask(HOLDING, { ids: Array.from({ length: 100_000 }, () => 'x') }), 400, 'LIST_TOO_LONG'],
  [
    '250,000 levels, which take the parser longest',
    post(`{"query":"{ __typename }","variables":{"a":${nested(250_000, '[{"a":', '1', '}]').slice(0, 1_040_000)}}}`),
    400,
    'VARIABLES_TOO_DEEP',
  ],
  ['100,000 levels', post(`{"query":"{ __typename }","variables":{"a":${nested(100_000, '[', '', ']')}}}`), 400, 'VARIABLES_TOO_DEEP'],
  [
    '60,000 names',
    ask('{ __typename }', Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`v${at}`, at]))),
    400,
    'TOO_MANY_NAMES',
  ],
  ['60,000 times one name', ask('{ __typename }', { a: Array.from({ length: 60_000 }, () => ({ a: 1 })) }), 400, 'TOO_MANY_VALUES'],
  [
    'many lists just short enough',
    ask('{ __typename }', { a: Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => 1))) }),
    400,
    'TOO_MANY_VALUES',
  ],
  ['__proto__ in the body', post('{"query":"{ __typename }","__proto__":{"polluted":true}}'), 400, 'MALFORMED_REQUEST'],
  [
    'constructor.prototype in the variables',
    post('{"query":"{ __typename }","variables":{"constructor":{"prototype":{"polluted":true}}}}'),
    400,
    'MALFORMED_REQUEST',
  ],
  ['a list for the variables', post('{"query":"{ __typename }","variables":[1]}'), 400, 'BAD_REQUEST'],
  ['an object for the document', post('{"query":{"a":1}}'), 400, 'BAD_REQUEST'],
  ['a number for the operation', post('{"query":"{ __typename }","operationName":1}'), 400, 'BAD_REQUEST'],
  ['a list of operations', post(JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ __typename }' })))), 400, 'BAD_REQUEST'],
];

const BODIES: readonly Shape[] = [
  ['2 MB', post(`{"query":"${' '.repeat(2_000_000)}"}`), 413, 'BODY_TOO_LARGE'],
  ['a bomb packed by gzip', post(gzipSync(`{"query":"${' '.repeat(50_000_000)}"}`), { 'content-encoding': 'gzip' }), 413, 'BODY_TOO_LARGE'],
  [
    'a bomb packed by brotli',
    post(brotliCompressSync(`{"query":"${' '.repeat(50_000_000)}"}`, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }), {
      'content-encoding': 'br',
    }),
    413,
    'BODY_TOO_LARGE',
  ],
  ['a form', post('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a form with files', post('--x\r\n\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [
    'plain text, as a page of another site may send it',
    post('{"query":"{ __typename }"}', { 'content-type': 'text/plain' }),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['bytes that are no UTF-8', post(Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d])), 400, 'MALFORMED_REQUEST'],
  ['a larger body than was said', bytes(`${HEAD}content-length: 5\r\nconnection: close\r\n\r\n{"query":"{ __typename }"}`), 400, null],
];

const LINES: readonly Shape[] = [
  ['a body that never comes', bytes(`${HEAD}content-length: 100\r\n\r\n{`), 408, null],
  ['a head that never ends', bytes('POST /graphql HTTP/1.1\r\nhost: x\r\n'), 408, null],
  ['a head of 1 MB', bytes(`GET /graphql HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(1_000_000)}\r\n\r\n`), 431, null],
  ['10,000 headers', bytes(`GET /graphql HTTP/1.1\r\nhost: x\r\n${times(10_000, (at) => `x-${at}: 1`, '\r\n')}\r\n\r\n`), 431, null],
  ['two lengths', bytes(`${HEAD}content-length: 5\r\ncontent-length: 6\r\n\r\n{}`), 400, null],
  [
    'a length and chunks, to smuggle a request',
    bytes(`${HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
    400,
    null,
  ],
  ['a chunk whose size is none', bytes(`${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n`), 400, null],
  ['no HTTP at all', bytes('\u0016\u0003\u0001\u0000'), 400, null],
  ['an address of 200,000 letters', bytes(`GET /graphql?query=${'a'.repeat(200_000)} HTTP/1.1\r\nhost: x\r\n\r\n`), 431, null],
  ['a path out of the house', bytes('GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'), 404, null],
  ['a path out of the house, encoded', get('/record/tile/%2e%2e%2f%2e%2e%2fkeys.db'), 404, null],
  ['a path that cannot be decoded', bytes('GET /%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'), 400, 'FST_ERR_BAD_URL'],
  [
    'a mutation by GET',
    get(
      `/graphql?query=${encodeURIComponent('mutation { addNote(input: { commandId: "x", item: { id: "x" }, text: "x" }) { __typename } }')}`,
    ),
    405,
    'METHOD_NOT_ALLOWED',
  ],
  ['variables by GET that are no JSON', get('/graphql?query=%7B__typename%7D&variables=%7B'), 400, 'BAD_REQUEST'],
  ['a method the path does not take', by('PUT'), 404, null],
  ['a proxy asked to connect elsewhere', bytes('CONNECT evil.example:80 HTTP/1.1\r\nhost: x\r\n\r\n'), 0, null],
  ['an answer asked for in HTML', post('{"query":"{ __typename }"}', { accept: 'text/html' }), 406, 'NOT_ACCEPTABLE'],
];

/** Whoever still writes when it is hung up on may lose the words it is told: 1006, «closed without a word», is then the same answer. */
const stillWriting =
  (attack: Attack): Attack =>
  async (served) => {
    const told = await attack(served);
    return told.status === 1006 ? { ...told, status: 4429 } : told;
  };

const sending = (message: string): Attack => socket((client) => client.send(message));

const SOCKETS: readonly Shape[] = [
  ['silence', socket(() => undefined), 4408, null],
  ['an upgrade to another path', socket(() => undefined, 'graphql-transport-ws', '/elsewhere'), 404, null],
  ['no protocol', socket(() => undefined, []), 4406, null],
  ['an operation before connection_init', socket((client) => client.send(operation('1', '{ __typename }'))), 4401, null],
  ['connection_init twice', socket((client) => [client.send(INIT), client.send(INIT)]), 4429, null],
  ['no JSON', socket((client) => client.send('{')), 4400, null],
  [
    '250,000 levels in a message',
    sending(
      `{"id":"1","type":"subscribe","payload":{"query":"{ __typename }","variables":{"a":${nested(250_000, '[', '', ']').slice(0, 1_040_000)}}}}`,
    ),
    4400,
    'VARIABLES_TOO_DEEP',
  ],
  [
    '60,000 names in a message',
    sending(
      JSON.stringify({ id: '1', type: 'ping', payload: Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`v${at}`, at])) }),
    ),
    4400,
    'TOO_MANY_NAMES',
  ],
  ['a message of 2 MB', socket((client) => client.send(' '.repeat(2_000_000))), 1009, null],
  [
    'a thousand messages at once',
    stillWriting(
      socket((client) => {
        for (let at = 0; at < 1_000; at += 1) client.send(JSON.stringify({ type: 'ping' }));
      }),
    ),
    4429,
    null,
  ],
  [
    'a thousand pings of the protocol below',
    stillWriting(
      socket((client) => {
        for (let at = 0; at < 1_000; at += 1) client.ping();
      }),
    ),
    4429,
    null,
  ],
  [
    'one id for two operations',
    socket((client) => {
      client.send(INIT);
      client.once('message', () => {
        for (const id of ['1', '1']) client.send(operation(id, 'subscription { entries { id } }'));
      });
    }),
    4409,
    null,
  ],
  ['more operations than one connection holds', operations('subscription { entries { id } }', 12), 200, 'TOO_MANY_OPERATIONS'],
  [
    'an operation that is too deep',
    operations(`subscription { entries { item { ${nested(17, 'projects { ', 'id', ' }')} } } }`, 1),
    200,
    'TOO_DEEP',
  ],
];

/** Every one, with what it is a shape of. */
export const SHAPES: readonly (readonly [of: string, shape: Shape])[] = [
  ...DOCUMENTS.map((one) => ['a document', one] as const),
  ...VARIABLES.map((one) => ['variables', one] as const),
  ...BODIES.map((one) => ['a body', one] as const),
  ...LINES.map((one) => ['a line', one] as const),
  ...SOCKETS.map((one) => ['a socket', one] as const),
];

/** Told of only when some time has run out, or at limits that a test sets lower: not for a server as it is started. */
export const WAITING: ReadonlySet<string> = new Set([
  'a line: a body that never comes',
  'a line: a head that never ends',
  'a socket: silence',
  'a socket: more operations than one connection holds',
]);
