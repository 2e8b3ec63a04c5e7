import { Malformed, EXPORT_FILES, EXPORT_LINE_MAX, countLine, lineOf, linesOf, readKey, verifyEntry, verifyExport } from '@saksgang/record';
import { localeOf } from '../verbs.ts';

// The page around the verifier: files come in, lines come out. Nothing leaves the machine.
const WORDS = {
  nb: {
    title: 'Kontroller journalen',
    about: 'Alt skjer i denne nettleseren; ingenting sendes noe sted. Siden kan lagres og brukes uten nett.',
    'language-label': 'Språk',
    'key-label': 'Journalens nøkkel, slik den er kunngjort',
    'since-label': 'Et eldre sjekkpunkt du har tatt vare på (om du har et)',
    'entry-label': 'Bevis for én oppføring',
    'export-label': 'Eksport: velg alle filene i katalogen',
    drop: 'Eller slipp filene her.',
    working: 'Kontrollerer …',
  },
  nn: {
    title: 'Kontroller journalen',
    about: 'Alt skjer i denne nettlesaren; ingenting blir sendt nokon stad. Sida kan lagrast og brukast utan nett.',
    'language-label': 'Språk',
    'key-label': 'Nøkkelen til journalen, slik han er kunngjord',
    'since-label': 'Eit eldre sjekkpunkt du har teke vare på (om du har eit)',
    'entry-label': 'Bevis for éi oppføring',
    'export-label': 'Eksport: vel alle filene i katalogen',
    drop: 'Eller slepp filene her.',
    working: 'Kontrollerer …',
  },
  en: {
    title: 'Verify the record',
    about: 'Everything happens in this browser; nothing is sent anywhere. The page can be saved and used offline.',
    'language-label': 'Language',
    'key-label': 'The key of the record, as it is published',
    'since-label': 'An older checkpoint you have kept (if you have one)',
    'entry-label': 'Proof of one entry',
    'export-label': 'Export: choose all files of the directory',
    drop: 'Or drop the files here.',
    working: 'Verifying …',
  },
};
const byId = (id) => document.getElementById(id);
const locale = () => byId('language').value;
const translate = () => {
  for (const [id, text] of Object.entries(WORDS[locale()])) if (byId(id)) byId(id).textContent = text;
  document.documentElement.lang = locale();
  document.title = WORDS[locale()].title;
};

/** As the program reads a file: nothing is left out and nothing put in its place. */
const textOf = async (file) => {
  try {
    return new globalThis.TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Malformed(file.name, 'this is not UTF-8');
  }
};

const directoryOf = (files) => {
  const named = (name) => {
    const found = files.find((file) => file.name === name);
    if (!found) throw new Malformed(name, 'the file is missing');
    return found;
  };
  const chunks = async function* (file) {
    const reader = file.stream().getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  };
  return { text: async (name) => textOf(named(name)), lines: (name) => linesOf(chunks(named(name)), name, EXPORT_LINE_MAX) };
};

const show = async (verify) => {
  const lines = byId('lines');
  lines.replaceChildren();
  byId('count').textContent = WORDS[locale()].working;
  try {
    const findings = await verify();
    for (const finding of findings) {
      const line = document.createElement('li');
      line.className = finding.verdict;
      line.textContent = lineOf(finding, locale());
      lines.append(line);
    }
    byId('count').textContent = countLine(findings);
  } catch (error) {
    byId('count').textContent = error instanceof Error ? error.message : String(error);
  }
};

const verify = async (files) => {
  if (files.length === 0) return;
  await show(async () => {
    const said = byId('key').value.trim();
    const key = said === '' ? null : readKey(said, WORDS[locale()]['key-label']);
    const held = byId('since').files[0];
    const since = held ? { note: await textOf(held), where: held.name } : null;
    if (files.some(({ name }) => name === EXPORT_FILES.entries)) return verifyExport({ directory: directoryOf(files), key, since });
    return verifyEntry({ text: await textOf(files[0]), where: files[0].name, key, since });
  });
};

byId('language').value = localeOf(navigator.language);
translate();
byId('language').addEventListener('change', translate);
for (const id of ['entry', 'export']) byId(id).addEventListener('change', ({ target }) => void verify([...target.files]));
byId('drop').addEventListener('dragover', (event) => event.preventDefault());
byId('drop').addEventListener('drop', (event) => {
  event.preventDefault();
  void verify([...event.dataTransfer.files]);
});
