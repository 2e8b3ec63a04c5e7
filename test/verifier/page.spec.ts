import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { notRun } from '../support/not-run.js';

const built = (name: string): string => readFileSync(fileURLToPath(new URL(`../../dist/verifier/${name}`, import.meta.url)), 'utf8');
/** What stands after the first `start`, up to the next `end`. */
const between = (text: string, start: string, end: string): string => {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
};
const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('The verifier in one file', () => {
  const page = built('verify.html');
  const program = built('verify.mjs');
  notRun('the page of the verifier, clicked through in a browser', 'open /verify and drop an export on it');

  it('imports nothing but node:fs, and that only when Node runs it', () => {
    expect(program.match(/\bimport\b\s*[({"'*\w].*/g)).toEqual(['import("node:fs");']);
    expect(page.match(/\bimport\b\s*[({"'*\w].*/g)).toBeNull();
    expect(program).not.toMatch(/\brequire\(/);
  });
  it('as a page lets nothing run, load or send but what it holds, and says so itself', () => {
    const [script, style] = [between(page, '<script type="module">', '</script>'), between(page, '<style>', '</style>')];
    expect(between(page, 'http-equiv="Content-Security-Policy" content="', '" />')).toBe(
      `default-src 'none'; script-src ${digestOf(script)}; style-src ${digestOf(style)}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/(src|href)=/);
  });
  it('as a page names every field it fills', () => {
    const ids = new Set([...page.matchAll(/ id="([\w-]+)"/g)].map(([, id]) => id));
    for (const [, id] of page.matchAll(/byId\("([\w-]+)"\)/g)) expect(ids).toContain(id);
    for (const label of ['title', 'about', 'drop', 'key-label', 'since-label', 'entry-label', 'export-label', 'language-label'])
      expect(ids).toContain(label);
  });
});
