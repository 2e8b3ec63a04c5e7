import { checkpointBody, NoteMalformed, parseCheckpoint } from './checkpoint.js';
import { checkpointIn, parseNote, parseVerifierKey, verifierKey, verifierKeyText, type VerifierKey } from './note.js';
import { noteSigner, signNote, type SignatureRefused, verifyCheckpoint, verifyNote } from './signing.js';
import { signatureHolds } from './signature.js';
import { EMPTY_ROOT, leafHash } from './tree.js';

const ORIGIN = 'postliste.eksempel.kommune.no/saksgang';
const signer = noteSigner(ORIGIN, Buffer.alloc(32, 7));
const witness = noteSigner('witness.example.org', Buffer.alloc(32, 9));
const body = checkpointBody({ origin: ORIGIN, size: 20852163, root: leafHash('x') });
const note = signNote(body, [signer]);
const lineOf = (work: () => unknown): number => {
  try {
    work();
  } catch (error) {
    if (error instanceof NoteMalformed) return error.line;
    throw error;
  }
  throw new Error('it was taken');
};

describe('Ed25519', () => {
  it('gives the key and the signature of RFC 8032 section 7.1, test 2', () => {
    const known = noteSigner('x', Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'));
    expect(Buffer.from(known.key.publicKey).toString('hex')).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    expect(Buffer.from(known.sign('\u0072')).toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
  });
  it('answers, and does not throw, for keys and signatures that are none', () => {
    const signature = signer.sign('a');
    expect(signatureHolds(signer.key.publicKey, Buffer.from('a'), signature)).toBe(true);
    expect(signatureHolds(signer.key.publicKey, Buffer.from('b'), signature)).toBe(false);
    expect(signatureHolds(signer.key.publicKey, Buffer.from('a'), signature.slice(1))).toBe(false);
    expect(signatureHolds(new Uint8Array(31), Buffer.from('a'), signature)).toBe(false);
    expect(() => noteSigner('x', new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('a published key', () => {
  it('reads the example of the signed-note specification, and is written as it was', () => {
    // A key that the Go project publishes: https://sum.golang.org
    const text = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const key = parseVerifierKey(text);
    expect(key.name).toBe('sum.golang.org');
    expect(verifierKeyText(key)).toBe(text);
    expect(parseVerifierKey(`${text}\n`)).toEqual(key);
  });
  it('is refused with a changed hash, name or key, another algorithm, or in another spelling', () => {
    const text = verifierKeyText(signer.key);
    const [name, hash, key] = text.split('+').map((part, at, all) => (at < 2 ? part : all.slice(2).join('+')));
    for (const changed of [
      `${name}x+${hash}+${key}`,
      `${name}+00000000+${key}`,
      `${name}+${hash?.toUpperCase()}0+${key}`,
      `${name}+${hash}+${key?.slice(0, -4)}AAAA`,
      `${name}+${hash}+A${key?.slice(1)}=`,
      `${name}+${hash}`,
      '',
      `${text} `,
    ])
      expect(() => parseVerifierKey(changed)).toThrow(NoteMalformed);
    for (const bad of ['', 'a b', 'a+b', 'a\nb']) expect(() => verifierKey(bad, signer.key.publicKey)).toThrow(NoteMalformed);
  });
});

describe('a checkpoint', () => {
  it('is origin, size and root on a line each', () => {
    expect(checkpointBody({ origin: 'example.com/behind-the-sofa', size: 0, root: EMPTY_ROOT })).toBe(
      'example.com/behind-the-sofa\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    );
    expect(parseCheckpoint(body)).toEqual({ origin: ORIGIN, size: 20852163, root: new Uint8Array(leafHash('x')), extensions: [] });
  });
  it('keeps further lines', () => {
    const more = checkpointBody({ origin: 'o', size: 1, root: leafHash('x'), extensions: ['time 2026-01-02T03:04:05.678Z'] });
    expect(parseCheckpoint(more).extensions).toEqual(['time 2026-01-02T03:04:05.678Z']);
  });
  it.each([
    ['', 0],
    ['o\n1\n', 0],
    [`\n1\n${'A'.repeat(43)}=\n`, 1],
    [`o\n01\n${'A'.repeat(43)}=\n`, 2],
    [`o\n-1\n${'A'.repeat(43)}=\n`, 2],
    [`o\n1e3\n${'A'.repeat(43)}=\n`, 2],
    [`o\n9007199254740992\n${'A'.repeat(43)}=\n`, 2],
    [`o\n1\n${'A'.repeat(42)}==\n`, 3],
    [`o\n1\n${'A'.repeat(42)}B=\n`, 3],
    [`o\n1\n${'A'.repeat(43)}=\n\nx\n`, 4],
    [`o\n1\n${'A'.repeat(43)}=`, 0],
    [`o\n1\n${'A'.repeat(43)}=\n${'x\n'.repeat(17)}`, 0],
  ])('is refused as %j, at line %i', (text, line) => {
    expect(lineOf(() => parseCheckpoint(text))).toBe(line);
  });
});

describe('a signed note', () => {
  it('is the text, an empty line, and a line for each signature', () => {
    expect(note.startsWith(`${body}\n— ${ORIGIN} `)).toBe(true);
    expect(verifyNote(note, [signer.key]).text).toBe(body);
    expect(verifyCheckpoint(note, [signer.key]).size).toBe(20852163);
    expect(checkpointIn(note).origin).toBe(ORIGIN);
  });
  it('may carry signatures of others, whom we need not know', () => {
    const both = signNote(body, [witness, signer]);
    expect(verifyNote(both, [signer.key]).signatures).toHaveLength(2);
    expect(verifyNote(both, [signer.key, witness.key]).text).toBe(body);
  });
  it('is refused when no key we know has signed, and when one of them has not signed what stands there', () => {
    const refusal = (text: string, keys: readonly VerifierKey[]): string => {
      try {
        verifyNote(text, keys);
        return 'taken';
      } catch (error) {
        return (error as SignatureRefused).why;
      }
    };
    const other = noteSigner(ORIGIN, Buffer.alloc(32, 8));
    expect(refusal(note, [witness.key])).toBe('MISSING');
    expect(refusal(note, [])).toBe('MISSING');
    expect(refusal(note, [other.key])).toBe('MISSING');
    const forged = signNote(body, [signer, { key: witness.key, sign: () => new Uint8Array(64) }]);
    expect(refusal(forged, [signer.key])).toBe('taken');
    expect(refusal(forged, [signer.key, witness.key])).toBe('WRONG');
    const twice = signNote(body, [signer, { key: signer.key, sign: () => new Uint8Array(64) }]);
    expect(refusal(twice, [signer.key])).toBe('WRONG');
  });
  it('is refused when any one bit of it has changed', () => {
    const bytes = Buffer.from(note, 'utf8');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      const text = changed.toString('utf8');
      expect(() => verifyCheckpoint(text, [signer.key])).toThrow();
    }
  });
  it('is refused when any one byte of it is missing', () => {
    const bytes = Buffer.from(note, 'utf8');
    for (let at = 0; at < bytes.length; at += 1)
      expect(() =>
        verifyCheckpoint(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]).toString('utf8'), [signer.key]),
      ).toThrow();
  });
  it('says at which line it is no note', () => {
    expect(lineOf(() => parseNote(body))).toBe(0);
    expect(lineOf(() => parseNote(`${body}\n`))).toBe(0);
    expect(lineOf(() => parseNote(note.slice(0, -1)))).toBe(0);
    expect(lineOf(() => parseNote(note.replace('— ', '- ')))).toBe(5);
    expect(lineOf(() => parseNote(`${note}— a b c\n`))).toBe(6);
    expect(lineOf(() => parseNote(`${note}— a AAAA\n`))).toBe(6);
    expect(lineOf(() => parseNote(note.replace('\n', '\r\n')))).toBe(0);
    expect(lineOf(() => parseNote(`${body}\n${note.split('\n\n')[1]?.repeat(101)}`))).toBe(0);
    expect(lineOf(() => parseNote(`${'x'.repeat(70_000)}\n\n${note}`))).toBe(0);
  });
});
