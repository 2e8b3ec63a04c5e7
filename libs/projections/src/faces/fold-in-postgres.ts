const [CODE_POINTS, SURROGATES_FROM, SURROGATES_TO] = [0x110000, 0xd800, 0xdfff];
const FIRST_BEYOND_ASCII = 0x80;
/** Replaced in every text; to look for all others in it would cost ten times as much. */
const COMMON = ['Æ', 'Ø', 'Å'];
const FIRST_MARK = 0x0300; // of what lies before it nothing is put together
const DOTTED_I = '\u0130'; // becomes two signs
const SIGMA = '\u03a3'; // at the end of a word it becomes another
const FINAL_SIGMA = '\u03c2';

type Pair = readonly [from: string, to: string];

/** Every letter that has a lower case of one sign, beyond ASCII. */
const lowerCases = (): readonly Pair[] => {
  const pairs: Pair[] = [];
  for (let code = FIRST_BEYOND_ASCII; code < CODE_POINTS; code += 1) {
    if (code >= SURROGATES_FROM && code <= SURROGATES_TO) continue;
    const from = String.fromCodePoint(code);
    const to = from.toLowerCase();
    if (to !== from && from !== DOTTED_I) pairs.push([from, to]);
  }
  return pairs;
};

/** What stands between the brackets of a regular expression of PostgreSQL, for the code points that fit. */
const rangesOf = (fits: (sign: string) => boolean): string => {
  const ranges: [number, number][] = [];
  for (let code = 1; code < CODE_POINTS; code += 1) {
    if ((code >= SURROGATES_FROM && code <= SURROGATES_TO) || !fits(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges.map(([from, to]) => (from === to ? sign(from) : `${sign(from)}-${sign(to)}`)).join('');
};
const sign = (code: number): string => `\\U${code.toString(16).padStart(8, '0')}`;

/**
 * `fold(text)` in this schema: the same answer as `foldText` for every text, which is what queries mean by that name. Normalisation is
 * the server's: of signs that only one of the two knows yet, they may think differently.
 */
export const foldInPostgres = (schema: string): string =>
  `CREATE OR REPLACE FUNCTION ${schema}.fold(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
${(body ??= makeBody())}
$fold$`;

/** Every sign there is has to be looked at for it: once. */
let body: string | null = null;
const makeBody = (): string => {
  const rare = lowerCases().filter(([from]) => !COMMON.includes(from));
  const joined = (of: readonly Pair[], side: 0 | 1): string => of.map((pair) => pair[side]).join('');
  const isRare = new Set([...rare.map(([from]) => from), DOTTED_I]);
  const ignored = `[${rangesOf((one) => /\p{Case_Ignorable}/u.test(one))}]*`;
  const cased = `[${rangesOf((one) => /(?!\p{Case_Ignorable})\p{Cased}/u.test(one))}]`;
  // A text that ends with a Σ keeps it the final one only behind a letter.
  const atEnd = `(${cased}${ignored})${SIGMA}(?!${ignored}${cased})`;
  return `DECLARE told text COLLATE "C" := said;
BEGIN
  IF octet_length(told) <> length(told) THEN
    IF told ~ '[${sign(FIRST_MARK)}-${sign(CODE_POINTS - 1)}]' AND told IS NOT NFC NORMALIZED THEN told := normalize(told, NFC); END IF;
    told := ${COMMON.reduce((inner, letter) => `replace(${inner}, '${letter}', '${letter.toLowerCase()}')`, 'told')};
    IF told ~ '[${rangesOf((one) => isRare.has(one))}]' THEN
      IF told ~ '${SIGMA}' THEN told := regexp_replace(told, '${atEnd}', '\\1${FINAL_SIGMA}', 'g'); END IF;
      told := translate(replace(told, '${DOTTED_I}', '${DOTTED_I.toLowerCase()}'), '${joined(rare, 0)}', '${joined(rare, 1)}');
    END IF;
  END IF;
  IF told ~ '[${rangesOf((one) => one !== ' ' && /\s/u.test(one))}]|  ' THEN told := regexp_replace(told, '[${rangesOf((one) => /\s/u.test(one))}]+', ' ', 'g'); END IF;
  RETURN btrim(lower(told), ' ');
END`;
};
