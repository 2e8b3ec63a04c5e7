import { openPostgres, type Postgres } from '@saksgang/database';
import { describeOnPostgres, freshDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { seededRandom, someNumber } from '../../../event-store/testing/seeded-random.js';
import { rounds } from '../../../../test/support/not-run.js';
import { foldText } from '../folding.js';
import { foldInPostgres } from './fold-in-postgres.js';

const CODE_POINTS = 0x110000;
const SIGNS_AT_ONCE = 64;
const SIGNS_MAX = 12; // of a random text
/** What has rules of its own, or stands beside what has. */
const PECULIAR = ['Σ', 'σ', 'ς', 'İ', 'I', 'ı', 'Æ', 'Ø', 'Å', 'A', 'a', '\u030a', '\u0301', '\u0345', 'ß', 'ẞ', 'ﬀ', "'", '.', '-', '\u00ad', ' ', '\u00a0', '\u2009', '\ufeff', '\t', 'ᾼ', 'Ω', '\u2126', '각', 'ᄀ', 'ᅡ', '1', '𐐀', 'Ǆ', 'ǅ']; // prettier-ignore

describeOnPostgres('A text folded by PostgreSQL', () => {
  let database: TestDatabase;
  let postgres: Postgres;
  beforeAll(async () => {
    database = await freshDatabase();
    postgres = await openPostgres(database.url, { name: 'saksgang-test' });
    await postgres.exec(foldInPostgres('public'));
  });
  afterAll(async () => {
    await postgres.close();
    await database.drop();
  });

  const folded = async (texts: readonly string[]): Promise<readonly string[]> => {
    const { rows } = await postgres.query<{ folded: string }>('SELECT fold(t COLLATE "C") AS folded FROM unnest($1::text[]) WITH ORDINALITY AS w(t, n) ORDER BY n', [texts]); // prettier-ignore
    return rows.map((row) => row.folded);
  };
  /** Signs that both know: what came later to one of the two it cannot put together yet. */
  const knownToBoth = async (texts: readonly string[]): Promise<readonly string[]> => {
    const known = texts.filter((text) => !/\p{Cn}/u.test(text));
    // An older server does not say what it knows.
    if (postgres.version < 170_000) return known.filter((text) => text === text.normalize('NFC'));
    const { rows } = await postgres.query<{ t: string }>('SELECT t FROM unnest($1::text[]) WITH ORDINALITY AS w(t, n) WHERE unicode_assigned(t) ORDER BY n', [known]); // prettier-ignore
    return rows.map(({ t }) => t);
  };

  it('is what it is here, for every sign there is', async () => {
    const codes = Array.from({ length: CODE_POINTS }, (_, code) => code).filter((code) => code > 0 && (code < 0xd800 || code > 0xdfff));
    const signs = await knownToBoth(codes.map((code) => String.fromCodePoint(code)));
    expect(signs.length).toBeGreaterThan(140_000);
    const texts = Array.from({ length: Math.ceil(signs.length / SIGNS_AT_ONCE) }, (_, nth) =>
      signs.slice(nth * SIGNS_AT_ONCE, (nth + 1) * SIGNS_AT_ONCE).map((sign) => `Ab${sign}cÅ`).join(''),
    ); // prettier-ignore
    const answers = await folded(texts);
    expect(texts.filter((text, index) => answers[index] !== foldText(text)).slice(0, 3)).toEqual([]);
  });

  it('is what it is here, for texts of signs that have to do with each other', async () => {
    const random = seededRandom('fold');
    const below = (max: number): number => someNumber(random, max);
    const any = (): string => {
      const code = 1 + below(0x2ffff);
      return code >= 0xd800 && code <= 0xdfff ? 'x' : String.fromCodePoint(code);
    };
    const text = (): string => Array.from({ length: 1 + below(SIGNS_MAX) }, () => (below(4) === 0 ? any() : (PECULIAR[below(PECULIAR.length)] ?? 'x'))).join(''); // prettier-ignore
    const texts = await knownToBoth(Array.from({ length: rounds('texts folded by PostgreSQL', 10_000, 500_000) }, text));
    expect(texts.length).toBeGreaterThan(1_000);
    const answers = await folded(texts);
    expect(texts.filter((one, index) => answers[index] !== foldText(one)).slice(0, 20)).toEqual([]);
  });
});
