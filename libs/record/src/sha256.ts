// SHA-256 (FIPS 180-4) in plain arithmetic, for the verifier where there is no node:crypto: a browser's own is asynchronous, which a
// tree of a million nodes cannot afford. Held against node:crypto by sha256.spec.ts.

const BLOCK_BYTES = 64;
const WORDS = 64; // words of one block's schedule

const isPrime = (number: number): boolean => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
};
const firstPrimes = (count: number): number[] => {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) if (isPrime(number)) primes.push(number);
  return primes;
};
/** The first 32 bits of the fraction: FIPS 180-4 takes them of the roots of the first primes. Doubles have bits enough for both. */
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
const CUBE_ROOTS = Int32Array.from(firstPrimes(WORDS), (prime) => fraction(Math.cbrt(prime)));
const SQUARE_ROOTS = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

// One schedule for all calls: nothing in here waits, so no two calls meet.
const schedule = new Int32Array(WORDS);

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const takeBlock = (state: Int32Array, bytes: Uint8Array, at: number): void => {
  const w = schedule;
  for (let t = 0; t < 16; t += 1) {
    const from = at + 4 * t;
    w[t] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number);
  }
  for (let t = 16; t < WORDS; t += 1) {
    const early = w[t - 15] as number;
    const late = w[t - 2] as number;
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    w[t] = ((w[t - 16] as number) + small + (w[t - 7] as number) + large) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < WORDS; t += 1) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (CUBE_ROOTS[t] as number) + (w[t] as number)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const after = [a, b, c, d, e, f, g, h];
  for (let word = 0; word < 8; word += 1) state[word] = ((state[word] as number) + (after[word] as number)) | 0;
};

/** The last block or two: the rest of the bytes, a one bit, and the length in bits as 64 bits. */
const tailOf = (bytes: Uint8Array, from: number): Uint8Array => {
  const rest = bytes.subarray(from);
  const tail = new Uint8Array(rest.length + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(tail.length - 4, (bytes.length * 8) >>> 0);
  return tail;
};

/** The 32 bytes of SHA-256 over `bytes`. */
export const plainSha256 = (bytes: Uint8Array): Uint8Array => {
  const state = SQUARE_ROOTS.slice();
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) takeBlock(state, bytes, at);
  const tail = tailOf(bytes, whole);
  for (let at = 0; at < tail.length; at += BLOCK_BYTES) takeBlock(state, tail, at);
  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  for (let word = 0; word < 8; word += 1) view.setInt32(4 * word, state[word] as number);
  return digest;
};
