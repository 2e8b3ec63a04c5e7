import type { Labels, Locale } from '@saksgang/kernel';

/** How a failed check counts: the proof or a signature is wrong, or what was recorded has been changed since. */
export type Fault = 'WRONG' | 'INCONSISTENT';

/** One line of a verification: what was checked, and how it came out. NOTE is no check: something the reader has to know. */
export type Finding =
  Readonly<{ verdict: 'PASSED' | 'INCOMPLETE' | 'NOTE'; text: Labels }> | Readonly<{ verdict: 'FAILED'; fault: Fault; text: Labels }>;

export const passed = (text: Labels): Finding => ({ verdict: 'PASSED', text });
export const failed = (fault: Fault, text: Labels): Finding => ({ verdict: 'FAILED', fault, text });
/** Something is withheld or erased, or could not be checked for want of it. */
export const incomplete = (text: Labels): Finding => ({ verdict: 'INCOMPLETE', text });
export const noted = (text: Labels): Finding => ({ verdict: 'NOTE', text });

/** RECORD.md section 4; usage and malformed as sysexits has them. */
export const EXIT = { verified: 0, wrong: 1, inconsistent: 2, incomplete: 3, usage: 64, malformed: 65 } as const;

/** What the process answers. A wrong proof or signature outweighs a changed history, and both outweigh what is not shown. */
export const exitCodeOf = (findings: readonly Finding[]): number => {
  const faults = findings.flatMap((finding) => (finding.verdict === 'FAILED' ? [finding.fault] : []));
  if (faults.includes('WRONG')) return EXIT.wrong;
  if (faults.includes('INCONSISTENT')) return EXIT.inconsistent;
  return findings.some(({ verdict }) => verdict === 'INCOMPLETE') ? EXIT.incomplete : EXIT.verified;
};

const WORDS: Readonly<Record<Locale, Readonly<Record<Finding['verdict'], string>>>> = {
  nb: { PASSED: 'bestått', FAILED: 'FEIL', INCOMPLETE: 'ufullstendig', NOTE: 'merk' },
  nn: { PASSED: 'bestått', FAILED: 'FEIL', INCOMPLETE: 'ufullstendig', NOTE: 'merk' },
  en: { PASSED: 'passed', FAILED: 'FAILED', INCOMPLETE: 'incomplete', NOTE: 'note' },
};

export const lineOf = ({ verdict, text }: Finding, locale: Locale): string => `${WORDS[locale][verdict]}: ${text[locale]}`;

/** The last line, the same in every language, for programs to read. */
export const countLine = (findings: readonly Finding[]): string => {
  const count = (verdict: Finding['verdict']): number => findings.filter((finding) => finding.verdict === verdict).length;
  return `${count('PASSED')} passed, ${count('FAILED')} failed`;
};

/** The whole report: a line each, and the count. */
export const reportOf = (findings: readonly Finding[], locale: Locale): readonly string[] => [
  ...findings.map((finding) => lineOf(finding, locale)),
  countLine(findings),
];
