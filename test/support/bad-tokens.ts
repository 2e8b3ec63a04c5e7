import { createHmac, sign } from 'node:crypto';
import { base64url, ecKey, rsaKey, signed, tokenOf, type IssuerKey } from './issuer.js';

type Fields = Readonly<Record<string, unknown>>;
/** `status` of the answer; 401 unless it says otherwise. */
export type BadToken = readonly [how: string, token: string, status?: number];

/** What a good token is made of: every bad one is it, and one thing else. */
export type Good = Readonly<{
  key: IssuerKey;
  other: IssuerKey;
  rsa: IssuerKey;
  weak: IssuerKey;
  p384: IssuerKey;
  forEncryption: IssuerKey;
  claims: Fields;
  /** s since 1970. */
  now: number;
}>;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The same bytes with a last bit set that stands for none. */
const strayBits = (part: string): string => `${part.slice(0, -1)}${ALPHABET[ALPHABET.indexOf(part.at(-1) ?? '') ^ 1]}`;
/** Its length leaves bits over in the last letter. */
const withBitsOver = (make: (filler: string) => string): string => ['', 'x', 'xx'].map(make).find((part) => part.length % 4 !== 0) ?? '';
const textOf = (claims: Fields): string => JSON.stringify(claims);

const times = ({ key, claims, now }: Good): readonly BadToken[] =>
  (
    [
      ['expired', { exp: now - 600, iat: now - 1_200 }],
      ['expired by one second more than clocks may differ', { exp: now - 6, iat: now - 60 }],
      ['good for no time at all', { exp: now, iat: now }],
      ['good before it was made', { exp: now + 60, iat: now + 120 }],
      ['not good yet', { nbf: now + 600 }],
      ['made in the future', { iat: now + 600, exp: now + 1_200 }],
      ['good for longer than any should be', { exp: now + 86_401 + 60 }],
      ['good until after the year 9999', { exp: 1e18, iat: 1e18 - 60 }],
      ['good for ever', { exp: 1e308 }],
      ['made before 1970', { iat: -1 }],
      ['expired before 1970', { exp: -1, iat: -2 }],
      ['with its end as a text', { exp: String(now + 600) }],
      ['with its end as a date', { exp: '2030-01-01T00:00:00Z' }],
      ['with its end as a list', { exp: [now + 600] }],
      ['with its end as nothing', { exp: null }],
      ['with its end as yes', { exp: true }],
      ['without an end', { exp: undefined }],
      ['without when it was made', { iat: undefined }],
      ['made at a text', { iat: String(now) }],
      ['not good before a text', { nbf: String(now) }],
      ['not good before nothing', { nbf: null }],
    ] as const
  ).map(([how, more]) => [how, tokenOf(key, { ...claims, ...more })]);

const names = ({ key, claims }: Good): readonly BadToken[] => {
  const iss = String(claims['iss']);
  return (
    [
      ['of no issuer', { iss: undefined }],
      ['of another issuer', { iss: 'https://utsteder.eksempel.no' }],
      ['of the issuer with a slash', { iss: `${iss}/` }],
      ['of the issuer in capitals', { iss: iss.toUpperCase() }],
      ['of the issuer on another port', { iss: `${iss}1` }],
      ['of the issuer with a path', { iss: `${iss}/kari` }],
      ['of the issuer with a space', { iss: `${iss} ` }],
      ['of the issuer by a letter that looks the same', { iss: iss.replace('t', 'т') }],
      ['of a list with the issuer', { iss: [iss] }],
      ['of nothing as the issuer', { iss: null }],
      ['of an object as the issuer', { iss: { [iss]: true } }],
      ['of the name of an object’s own member', { iss: '__proto__' }],
      ['for nobody', { aud: undefined }],
      ['for another', { aud: 'noen-andre' }],
      ['for others', { aud: ['noen', 'andre'] }],
      ['for no one of a list', { aud: [] }],
      ['for an empty name', { aud: '' }],
      ['for half our name', { aud: 'saksg' }],
      ['for our name in capitals', { aud: 'SAKSGANG' }],
      ['for a number', { aud: 7 }],
      ['for an object', { aud: { saksgang: true } }],
      ['for a list in a list', { aud: [['saksgang']] }],
      ['about nobody', { sub: undefined }],
      ['about an empty name', { sub: '' }],
      ['about a name of 256 letters', { sub: 'k'.repeat(256) }],
      ['about a number', { sub: 7 }],
      ['about a list', { sub: ['kari'] }],
      ['about a name with a line break', { sub: 'kari\nadmin' }],
      ['about half a character', { sub: '\ud800' }],
    ] as const
  ).map(([how, more]) => [how, tokenOf(key, { ...claims, ...more })]);
};

const roles = ({ key, claims }: Good): readonly BadToken[] =>
  [
    undefined,
    [],
    'ukjent',
    'SEKRETARIAT',
    'sekretariat ',
    7,
    null,
    { sekretariat: true },
    ['__proto__', 'constructor'],
    [['sekretariat']],
  ].map((given) => [`with ${JSON.stringify(given) ?? 'nothing'} as its role`, tokenOf(key, { ...claims, roles: given }), 403]);

const headers = ({ key, other, rsa, weak, p384, forEncryption, claims }: Good): readonly BadToken[] => {
  const stranger = ecKey('fremmed');
  const jwk = stranger.publicKey.export({ format: 'jwk' });
  const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' });
  const body = base64url(textOf(claims));
  const said = (header: Fields): string => `${base64url(textOf({ typ: 'at+jwt', kid: key.kid, ...header }))}.${body}`;
  const shared = (alg: string, secret: string | Buffer): string => {
    const text = said({ alg, kid: rsa.kid });
    return `${text}.${createHmac(`sha${alg.slice(2)}`, secret)
      .update(text)
      .digest('base64url')}`;
  };
  const ours = (more: Fields, by: IssuerKey = key): string => tokenOf(by, claims, more);
  return [
    ['without a type', ours({ typ: undefined })],
    ['of the type JWT', ours({ typ: 'JWT' })],
    ['of the type of identity tokens', ours({ typ: 'id+jwt' })],
    ['of a number as its type', ours({ typ: 7 })],
    ['of its type with a space', ours({ typ: 'at+jwt ' })],
    ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): BadToken => [`unsigned, as «${alg}»`, `${said({ alg })}.`]),
    ['unsigned, with a signature', `${said({ alg: 'none' })}.${tokenOf(key, claims).split('.')[2]}`],
    ['signed with the public key as a secret', shared('HS256', pem)],
    ['signed with the public key’s JSON as a secret', shared('HS256', textOf(rsa.publicKey.export({ format: 'jwk' })))],
    ['signed with an empty secret', shared('HS384', '')],
    ['without an algorithm', ours({ alg: undefined })],
    ['with a list of algorithms', ours({ alg: ['ES256'] })],
    ['with its algorithm in small letters', ours({ alg: 'es256' })],
    ['with its algorithm after a space', ours({ alg: ' ES256' })],
    ['by a curve for another algorithm', ours({ alg: 'RS256' })],
    ['by RSA said to be a curve', ours({ alg: 'ES256' }, rsa)],
    ['by an algorithm its issuer does not use', pss(rsa, said({ alg: 'PS256', kid: rsa.kid }))],
    ['by a curve its issuer does not use', ours({}, p384)],
    ['by another curve under the right name', ours({ alg: 'ES256' }, { ...p384, alg: 'ES384' })],
    ['by a key of 1024 bits', ours({}, weak)],
    ['by a key for encrypting', ours({}, forEncryption)],
    ['by a key nobody knows', ours({}, stranger)],
    ['by a stranger under a known name', ours({ kid: key.kid }, stranger)],
    ['by one key under the name of another', ours({ kid: other.kid })],
    ['by a curve under the name of RSA', ours({ kid: rsa.kid })],
    ['by one of several keys without a name', ours({ kid: undefined })],
    ['with a path for a name of its key', ours({ kid: '../../../../dev/null' })],
    ['with a question to a database for a name of its key', ours({ kid: "x' UNION SELECT 'secret" })],
    ['with an address for a name of its key', ours({ kid: 'https://angriper.eksempel.no/key' })],
    ['with a zero byte in the name of its key', ours({ kid: `${key.kid}\u0000` })],
    ['with a number for a name of its key', ours({ kid: 1 })],
    ['that brings its key', ours({ jwk, kid: undefined }, stranger)],
    ['that brings its key under a known name', ours({ jwk, kid: key.kid }, stranger)],
    ['that says where its key is', ours({ jku: 'https://angriper.eksempel.no/jwks' }, stranger)],
    ['that says where the issuer’s own keys are', ours({ jku: `${String(claims['iss'])}/jwks` })],
    ['that says where its certificate is', ours({ x5u: 'https://angriper.eksempel.no/x.pem' })],
    ['that brings a certificate', ours({ x5c: ['MIIB'] })],
    ['with demands nobody knows', ours({ crit: ['exp'] })],
    ['with a list of no demands', ours({ crit: [] })],
    ['with its claims not in base64', ours({ b64: false, crit: ['b64'] })],
    ['with another token in it', ours({ cty: 'JWT' })],
    ['with compressed claims', ours({ zip: 'DEF' })],
    ['with a list for a header', signed('["ES256"]', textOf(claims), key)],
    ['with a text for a header', signed('"ES256"', textOf(claims), key)],
    ['with two algorithms', signed(`{"alg":"none","typ":"at+jwt","kid":"${key.kid}","alg":"ES256"}`, textOf(claims), key)],
    [
      'with two names of its key, one spelt otherwise',
      signed(`{"alg":"ES256","typ":"at+jwt","kid":"x","k\\u0069d":"${key.kid}"}`, textOf(claims), key),
    ],
    ['with a mark before its header', signed(`\ufeff${textOf({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })}`, textOf(claims), key)],
    ['with a header that is no text', signed(Buffer.from([0x7b, 0xff, 0x7d]), textOf(claims), key)],
    [
      'with a header a thousand levels deep',
      signed(`{"alg":"ES256","typ":"at+jwt","kid":"${key.kid}","x":${'['.repeat(1_000)}${']'.repeat(1_000)}}`, textOf(claims), key),
    ],
  ];
};

const pss = ({ privateKey }: IssuerKey, said: string): string =>
  `${said}.${sign('sha256', Buffer.from(said), { key: privateKey, padding: 6, saltLength: 32 }).toString('base64url')}`;

const bodies = ({ key, claims, now }: Good): readonly BadToken[] => {
  const text = textOf(claims);
  const header = textOf({ alg: 'ES256', typ: 'at+jwt', kid: key.kid });
  return (
    [
      ['with two ends', text.replace('{', `{"exp":${now - 60},`)],
      ['about two, one spelt otherwise', text.replace('{', '{"su\\u0062":"ola",')],
      ['with two roles', text.replace('{', '{"roles":["admin"],')],
      ['with two of one name further in', text.replace('{', '{"mer":{"a":1,"a":2},')],
      ['with a list for claims', '[]'],
      ['with a text for claims', '"kari"'],
      ['with a number for claims', '7'],
      ['with nothing for claims', 'null'],
      ['with claims that are no JSON', `${text.slice(0, -1)},}`],
      ['with something behind its claims', `${text}{}`],
      ['with a mark before its claims', `\ufeff${text}`],
      ['with lists a thousand levels deep', text.replace('{', `{"dypt":${'['.repeat(1_000)}${']'.repeat(1_000)},`)],
      ['with claims that are no text', Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])],
      ['of one byte more than 8 KiB, well signed', withLength(text, header, 8_193)],
    ] as const
  ).map(([how, body]) => [how, signed(header, body, key)]);
};

/** Claims that make a token at least so long. */
const withLength = (text: string, header: string, bytes: number): string => {
  const missing = bytes - signed(header, text, ecKey('lang')).length;
  return text.replace('{', `{"fyll":"${'x'.repeat(Math.ceil((missing * 3) / 4) + 4)}",`);
};

const signatures = ({ key, other, claims }: Good): readonly BadToken[] => {
  const [header = '', body = '', signature = ''] = tokenOf(key, claims).split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const flipped = (at: number): Buffer => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));
  const by = (bad: Uint8Array | string): string => `${header}.${body}.${typeof bad === 'string' ? bad : base64url(bad)}`;
  const [, another = '', anothers = ''] = tokenOf(key, { ...claims, sub: 'ola' }).split('.');
  return [
    ['signed by another key of the issuer', by(tokenOf(other, claims).split('.')[2] ?? '')],
    ['with the first bit of its signature turned', by(flipped(0))],
    ['with the last bit of its signature turned', by(flipped(63))],
    ['with a signature of zeros', by(new Uint8Array(64))],
    ['with a signature of ones', by(new Uint8Array(64).fill(0xff))],
    ['with one byte of signature', by(bytes.subarray(0, 1))],
    ['with half a signature', by(bytes.subarray(0, 32))],
    ['with a signature and a byte', by(Buffer.concat([bytes, Buffer.from([0])]))],
    ['with its signature twice', by(Buffer.concat([bytes, bytes]))],
    ['with its signature in two halves, the other way round', by(Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]))],
    ['with a signature in DER', by(sign('sha256', Buffer.from(`${header}.${body}`), { key: key.privateKey, dsaEncoding: 'der' }))],
    ['with the signature of another token', by(anothers)],
    ['with the claims of another token', `${header}.${another}.${signature}`],
    ['with another header', `${base64url(textOf({ alg: 'ES256', kid: key.kid, typ: 'at+jwt' }))}.${body}.${signature}`],
    ['without a signature', `${header}.${body}.`],
  ];
};

const forms = ({ key, claims }: Good): readonly BadToken[] => {
  const token = tokenOf(key, claims);
  const [header = '', body = '', signature = ''] = token.split('.');
  const bitsOver = withBitsOver((filler) => base64url(textOf({ ...claims, fyll: filler })));
  const cut = [1, 10, header.length - 1, header.length, header.length + 1, header.length + 20];
  return [
    ...[...cut, token.length - 40, token.length - 2, token.length - 1].map((at): BadToken => [
      `cut off after ${at} characters`,
      token.slice(0, at),
    ]),
    ['cut off in front', token.slice(1)],
    ['of two parts', `${header}.${body}`],
    ['of four parts', `${token}.${signature}`],
    ['of five parts, as if encrypted', `${token}.${signature}.${signature}`],
    ['of three empty parts', '..'],
    ['with an empty header', `.${body}.${signature}`],
    ['with empty claims', `${header}..${signature}`],
    ['with a stop in front', `.${token}`],
    ['with padding', `${token}==`],
    ['with padding in the middle', `${header}=.${body}.${signature}`],
    ['in the other alphabet of base64', `${header}.${body}.${signature.slice(0, -2)}+/`],
    ['with a letter beyond the alphabet', `${header}.${body}.${signature.slice(0, -1)}*`],
    ['with stray bits in its signature', `${header}.${body}.${strayBits(signature)}`],
    ['with stray bits in its claims', `${header}.${strayBits(bitsOver)}.${signature}`],
    ['in percents', encodeURIComponent(token).replaceAll('.', '%2E')],
    ['in quotation marks', `"${token}"`],
    ['as JSON', textOf({ protected: header, payload: body, signature })],
    ['in base64 once more', base64url(token)],
    ['twice, with a comma', `${token},${token}`],
    ['with a letter that looks like a stop', token.replaceAll('.', '\u00b7')],
    ['of nine thousand characters', `${token}${'A'.repeat(9_000 - token.length)}`],
    // Node takes no head as long as this; it never comes so far as to be read.
    ['of a million characters', `${token}${'A'.repeat(1_000_000)}`, 431],
    ['that is a word', 'hemmelig'],
  ];
};

/** Each bad in a way of its own. */
export const badTokens = (good: Good): readonly BadToken[] =>
  [times, names, roles, headers, bodies, signatures, forms].flatMap((some) => some(good));

export const goodKeys = (): Omit<Good, 'claims' | 'now'> => ({
  key: ecKey('ec-1'),
  other: ecKey('ec-2'),
  rsa: rsaKey('rsa-1'),
  weak: rsaKey('rsa-svak', 1_024),
  p384: ecKey('ec-384', 'P-384'),
  forEncryption: ecKey('ec-enc', 'P-256', { use: 'enc' }),
});
