import { codesOf, codesOfTheSources } from '../support/codes.js';
import { rowsOf, sectionOf } from '../support/readme.js';

describe('The codes in the README', () => {
  const told = rowsOf(sectionOf('Codes'));

  it('are those that the sources say, no more and no fewer, each once', () => {
    const said = new Set(codesOfTheSources().map(({ code }) => `\`${code}\``));
    expect(said.size).toBeGreaterThan(150);
    expect(told.map(([code]) => code).sort()).toEqual([...said].sort());
  });

  it('each say what they mean and what to do', () => {
    for (const [code, means, whatToDo] of told)
      expect([code, means, whatToDo]).toEqual([code, expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  });
});

describe('A code is found wherever a source says it:', () => {
  const found = (text: string): readonly string[] => codesOf(new Map([['a.ts', text]])).map(({ code }) => code);
  const REFUSE = 'const refuse = (code: string, message: string) => ({ code, message });\n';

  it.each([
    ['handed to a function that takes one', `${REFUSE}refuse('SOME_CODE', 'no');`],
    ['handed to a class', "class Refused { constructor(readonly code: string) {} }\nthrow new Refused('SOME_CODE');"],
    ['not as the first argument', "const complain = (at: string, code: string) => 0;\ncomplain('x', 'SOME_CODE');"],
    ['as a property', "const error = { extensions: { code: 'SOME_CODE' } };"],
    ['by a constant', "const IT = 'SOME_CODE';\nconst error = { code: IT };"],
    ['as a type', "type Problem = { readonly code: 'SOME_CODE' };"],
    ['first of a pair with its words', "const NO = ['SOME_CODE', 'Send it otherwise.'];"],
  ])('%s', (_where, text) => {
    expect(found(text)).toEqual(['SOME_CODE']);
  });

  it('either of two, and none where a word is no code', () => {
    expect(found(`${REFUSE}refuse(late ? 'TOO_LATE' : 'TOO_EARLY', 'no');`)).toEqual(['TOO_LATE', 'TOO_EARLY']);
    expect(found("const on = (event: string) => 0;\non('SIGTERM');")).toEqual([]);
  });
});
