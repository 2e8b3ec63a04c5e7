import { localeFrom } from './language.js';

describe('The reader’s language', () => {
  it.each([
    [undefined, 'nb'],
    ['', 'nb'],
    ['nn', 'nn'],
    ['no', 'nb'],
    ['nb-NO,nb;q=0.9,en;q=0.8', 'nb'],
    ['en-GB,en;q=0.9,nb;q=0.8', 'en'],
    ['en;q=0.1, nn;q=0.7', 'nn'],
    ['fr, de;q=0.9', 'nb'],
    ['fr, en;q=0.2', 'en'],
    ['en;q=0', 'nb'],
    ['*', 'nb'],
    [';;;,,,q=', 'nb'],
  ])('of Accept-Language %j is %s', (header, locale) => expect(localeFrom(header)).toBe(locale));

  it('is found among the first tags of a header however long it is', () => {
    expect(localeFrom(`${'fr,'.repeat(10_000)}en`)).toBe('nb');
  });
});
