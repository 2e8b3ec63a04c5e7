import { labels, same } from '@saksgang/kernel';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark, sentence } from './wording.js';

describe('wording', () => {
  it('leaves a short text as it is, on one line', () => {
    expect(excerpt('Relasjon\nRelevans\n Ressurs ')).toBe('Relasjon Relevans Ressurs');
  });
  it('cuts a long text at a word boundary within 160 characters, and marks it', () => {
    const cut = excerpt('ordet, '.repeat(40));
    expect(cut.length).toBeLessThanOrEqual(162);
    expect(cut).toMatch(/ordet …$/);
  });
  it('never cuts a character in two, however long the word', () => {
    const cut = excerpt(`a${'🎼'.repeat(200)}`);
    expect(cut).not.toMatch(/\p{Surrogate}/u);
    expect(cut.endsWith(' …')).toBe(true);
  });
  it('lists as people do', () => {
    expect(listed(['A', 'B', 'C'].map(same))).toEqual(labels('A, B og C', 'A, B og C', 'A, B and C'));
    expect(listed([same('A')]).nb).toBe('A');
    expect(listed([]).nb).toBe('');
  });
  it('ends a sentence once', () => {
    expect(sentence(same('Slik er det')).nb).toBe('Slik er det.');
    expect(sentence(quoted('Felles ansvar!')).nb).toBe('«Felles ansvar!»');
    expect(sentence(same('Kort …')).nb).toBe('Kort …');
    expect(sentence(NOTHING_SAID).nb).toBe('');
  });
  it('says nothing of what is not there', () => {
    expect(remark(same('Periode'), null)).toEqual(NOTHING_SAID);
    expect(joined([NOTHING_SAID, same('a'), NOTHING_SAID, same('b')]).en).toBe('a b');
    expect(headed(labels('Lenke', 'Lenkje', 'Link'), same('x')).nn).toBe('Lenkje: x');
  });
});
