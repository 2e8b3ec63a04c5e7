import { readFileSync } from 'node:fs';
import type { DomainEvent } from '@saksgang/kernel';
import { agreement, consultation, document } from '../index.js';

/** The golden samples hold a text in every field, and sealed names wherever one may stand. */
const samples = (kind: string) =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`../../../../test/golden/events/${kind}.v1.json`, import.meta.url), 'utf8')) as Record<string, object>,
  ).map(([type, data]): DomainEvent => ({ type, data }));
const said = (kind: Readonly<{ name: string; texts?: unknown }>) =>
  samples(kind.name).flatMap((event) => (kind.texts as (event: DomainEvent) => readonly { part: string | null; text: string }[])(event));

describe('what can be searched for', () => {
  it('of a document is under the citation or attachment it stands in, and no hash', () => {
    const found = said(document);
    expect(found).toEqual(
      expect.arrayContaining([
        { part: null, text: '18/01456-7' },
        { part: null, text: 'Områdedirektør for interessepolitikk' },
        { part: 'citations.1', text: 's. 304 og s. 318' },
        { part: 'citations.2', text: 'Styrk den kulturelle grunnmuren' },
        { part: 'attachments.2', text: 'Oversikt over innspill' },
      ]),
    );
    expect(found.filter(({ text }) => /^[0-9a-f]{64}$/.test(text))).toEqual([]);
  });
  it('of a consultation is under the question it answers', () => {
    expect(said(consultation)).toEqual(
      expect.arrayContaining([
        { part: '2', text: 'Hvilke muligheter og utfordringer ser dere?' },
        { part: '1', text: 'Kulturskolen trenger\nlokal forankring.' },
        { part: null, text: 'Storbynettverk' },
      ]),
    );
  });
  it('of an agreement is under its goals', () => {
    expect(said(agreement)).toEqual(
      expect.arrayContaining([
        { part: '1', text: 'Alle barn bør ha mulighet til å delta jevnlig i minst en organisert fritidsaktivitet.' },
        { part: null, text: 'FNs barnekonvensjon' },
        { part: null, text: 'Frivillighet Norge' },
      ]),
    );
  });
  it('holds no word of the program, and nothing sealed', () => {
    for (const kind of [agreement, consultation, document]) {
      const texts = said(kind).map(({ text }) => text);
      expect(texts.filter((text) => /^[A-Z_]{4,}$|A{43}|B{43}|^(document|body|person|project)-/.test(text))).toEqual([]);
    }
  });
});
