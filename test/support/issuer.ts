import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

type Fields = Readonly<Record<string, unknown>>;
/** A key pair as an issuer keeps it. */
export type IssuerKey = Readonly<{ kid: string; alg: string; privateKey: KeyObject; publicKey: KeyObject; extra?: Fields }>;

/** A real issuer on a free port of this machine: a configuration, keys, and whatever goes wrong with them. */
export type Issuer = Readonly<{
  url: string;
  keys: IssuerKey[];
  /** How often its keys were asked for. */
  asked: () => number;
  /** From now on it answers so instead of with its keys: a status, and a body. Null: as it should. */
  answering: (instead: Readonly<{ status: number; body?: string; headers?: Readonly<Record<string, string>> }> | null) => void;
  close: () => Promise<void>;
}>;

export const ecKey = (kid: string, namedCurve = 'P-256', extra: Fields = {}): IssuerKey => ({
  kid,
  alg: namedCurve === 'P-256' ? 'ES256' : 'ES384',
  extra,
  ...generateKeyPairSync('ec', { namedCurve }),
});
export const rsaKey = (kid: string, modulusLength = 2_048): IssuerKey => ({
  kid,
  alg: 'RS256',
  ...generateKeyPairSync('rsa', { modulusLength }),
});

export const startIssuer = async (keys: IssuerKey[]): Promise<Issuer> => {
  let asked = 0;
  let instead: Parameters<Issuer['answering']>[0] = null;
  const server = createServer(({ url: path }, response) => {
    const { status, body, headers } = instead ?? { status: 200, body: undefined, headers: {} };
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    if (body !== undefined || status !== 200) return response.end(body);
    if (path === '/.well-known/openid-configuration') return response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/jwks` }));
    asked += 1;
    return response.end(
      JSON.stringify({
        keys: keys.map(({ kid, alg, publicKey, extra }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig', ...extra })),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    keys,
    asked: () => asked,
    answering: (other) => void (instead = other),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
};

export const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');
/** Signs texts as they are, so that a test may spell them as it likes. */
export const signed = (header: string | Uint8Array, claims: string | Uint8Array, { alg, privateKey }: IssuerKey): string => {
  const said = `${base64url(header)}.${base64url(claims)}`;
  const digest = `sha${alg.slice(2)}`;
  return `${said}.${base64url(sign(digest, Buffer.from(said), { key: privateKey, dsaEncoding: 'ieee-p1363' }))}`;
};

/** A token as the issuer makes it, with other claims or another header where they are given; undefined leaves one out. */
export const tokenOf = (key: IssuerKey, claims: Fields, header: Fields = {}): string =>
  signed(JSON.stringify({ alg: key.alg, typ: 'at+jwt', kid: key.kid, ...header }), JSON.stringify(claims), key);
