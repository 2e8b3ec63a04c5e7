import { labels, type Labels } from '@saksgang/kernel';
import type { Leaf } from '../leaf.js';

/** A check in words: how it reads when it holds, and when it does not. */
export type Sentences = Readonly<{ holds: Labels; fails: Labels }>;

const both = (holds: Labels, fails: Labels): Sentences => ({ holds, fails });

export const signedBy = (origin: string, size: number, key: string): Sentences =>
  both(
    labels(
      `Sjekkpunktet for ${origin} over ${size} oppføringer er signert av ${key}.`,
      `Sjekkpunktet for ${origin} over ${size} oppføringar er signert av ${key}.`,
      `The checkpoint of ${origin} over ${size} entries is signed by ${key}.`,
    ),
    labels(
      `Sjekkpunktet for ${origin} over ${size} oppføringer er ikke signert av ${key}.`,
      `Sjekkpunktet for ${origin} over ${size} oppføringar er ikkje signert av ${key}.`,
      `The checkpoint of ${origin} over ${size} entries is not signed by ${key}.`,
    ),
  );

export const noKey = labels(
  'Signaturen er ikke kontrollert: oppgi journalens nøkkel (--key).',
  'Signaturen er ikkje kontrollert: oppgi nøkkelen til journalen (--key).',
  'The signature was not checked: give the key of the record (--key).',
);
export const cannotCheckSignatures = (why: string): Labels =>
  labels(
    `Signaturen er ikke kontrollert, for det lar seg ikke gjøre her: ${why}`,
    `Signaturen er ikkje kontrollert, for det lèt seg ikkje gjere her: ${why}`,
    `The signature was not checked, as that cannot be done here: ${why}`,
  );
export const ownKey = (key: string): Labels =>
  labels(
    `Nøkkelen fulgte med det som kontrolleres. Hold den opp mot den kunngjorte, og oppgi den (--key): ${key}`,
    `Nøkkelen følgde med det som blir kontrollert. Hald han opp mot den kunngjorde, og oppgi han (--key): ${key}`,
    `The key came with what is checked. Compare it with the published one, and give that (--key): ${key}`,
  );
export const sameKey = both(
  labels(
    'Nøkkelen som fulgte med, er den oppgitte.',
    'Nøkkelen som følgde med, er den oppgitte.',
    'The key that came along is the one given.',
  ),
  labels(
    'Nøkkelen som fulgte med, er en annen enn den oppgitte.',
    'Nøkkelen som følgde med, er ein annan enn den oppgitte.',
    'The key that came along is not the one given.',
  ),
);

export const leafHashed = both(
  labels('Oppføringens tekst gir hashen.', 'Teksten i oppføringa gir hashen.', 'The text of the entry gives its hash.'),
  labels('Oppføringens tekst gir en annen hash.', 'Teksten i oppføringa gir ein annan hash.', 'The text of the entry gives another hash.'),
);
export const leafCanonical = both(
  labels('Teksten har lagret form.', 'Teksten har lagra form.', 'The text has the stored form.'),
  labels('Teksten har ikke lagret form.', 'Teksten har ikkje lagra form.', 'The text does not have the stored form.'),
);
export const included = (index: number, size: number): Sentences =>
  both(
    labels(
      `Oppføring ${index} ligger i journalen på ${size} oppføringer.`,
      `Oppføring ${index} ligg i journalen på ${size} oppføringar.`,
      `Entry ${index} lies in the record of ${size} entries.`,
    ),
    labels(
      `Beviset viser ikke at oppføring ${index} ligger i journalen på ${size} oppføringer.`,
      `Beviset viser ikkje at oppføring ${index} ligg i journalen på ${size} oppføringar.`,
      `The proof does not show that entry ${index} lies in the record of ${size} entries.`,
    ),
  );
export const provenAtAnotherSize = (proven: number, size: number): Labels =>
  labels(
    `Beviset gjelder de første ${proven} oppføringene, og sjekkpunktet er over ${size}: hent beviset på nytt uten «size».`,
    `Beviset gjeld dei første ${proven} oppføringane, og sjekkpunktet er over ${size}: hent beviset på nytt utan «size».`,
    `The proof is for the first ${proven} entries, and the checkpoint is over ${size}: ask for the proof again without "size".`,
  );
export const entryIs = ({ stream, revision, type, recordedAt }: Leaf): Labels =>
  labels(
    `Det som er kontrollert, er ${stream}@${revision}: ${type}, ført ${recordedAt}.`,
    `Det som er kontrollert, er ${stream}@${revision}: ${type}, ført ${recordedAt}.`,
    `What was checked is ${stream}@${revision}: ${type}, recorded ${recordedAt}.`,
  );
export const disclosed = (count: number, wrong: string): Sentences =>
  both(
    labels(
      `Alle ${count} åpnede verdier er de som ble forseglet.`,
      `Alle ${count} opna verdiar er dei som vart forsegla.`,
      `All ${count} opened values are those that were sealed.`,
    ),
    labels(
      `Åpnede verdier er ikke de som ble forseglet: ${wrong}`,
      `Opna verdiar er ikkje dei som vart forsegla: ${wrong}`,
      `Opened values are not those that were sealed: ${wrong}`,
    ),
  );

export const entryWithheld = labels(
  'Oppføringens tekst er unntatt: bare hashen er vist.',
  'Teksten i oppføringa er unnateken: berre hashen er vist.',
  'The text of the entry is withheld: only its hash is shown.',
);
export const entriesWithheld = (count: number, places: string): Labels =>
  labels(
    `${count} oppføringer er unntatt og vist bare som hash: ${places}`,
    `${count} oppføringar er unnatekne og viste berre som hash: ${places}`,
    `${count} entries are withheld and shown as hashes only: ${places}`,
  );
export const valuesErased = (count: number, places: string): Labels =>
  labels(
    `${count} personopplysninger er slettet: ${places}`,
    `${count} personopplysningar er sletta: ${places}`,
    `${count} personal values are erased: ${places}`,
  );
export const valuesWithheld = (count: number, places: string): Labels =>
  labels(
    `${count} personopplysninger er unntatt: ${places}`,
    `${count} personopplysningar er unnatekne: ${places}`,
    `${count} personal values are withheld: ${places}`,
  );
export const valuesClosed = (count: number, places: string): Labels =>
  labels(
    `${count} personopplysninger er ikke åpnet: ${places}`,
    `${count} personopplysningar er ikkje opna: ${places}`,
    `${count} personal values are not opened: ${places}`,
  );
export const everyValueTold = (places: string): Sentences =>
  both(
    labels(
      'Hver forseglet verdi er åpnet eller oppført som lukket.',
      'Kvar forsegla verdi er opna eller ført opp som lukka.',
      'Every sealed value is opened or named as closed.',
    ),
    labels(
      `Forseglede verdier er verken åpnet eller oppført som lukket: ${places}`,
      `Forsegla verdiar er verken opna eller førte opp som lukka: ${places}`,
      `Sealed values are neither opened nor named as closed: ${places}`,
    ),
  );

export const manifestAgrees = (what: string): Sentences =>
  both(
    labels('Innholdslisten stemmer med innholdet.', 'Innhaldslista stemmer med innhaldet.', 'The manifest agrees with the content.'),
    labels(
      `Innholdslisten stemmer ikke med innholdet: ${what}`,
      `Innhaldslista stemmer ikkje med innhaldet: ${what}`,
      `The manifest does not agree with the content: ${what}`,
    ),
  );
export const dense = (count: number, places: string): Sentences =>
  both(
    labels(
      `${count} oppføringer står i rekkefølge uten hull.`,
      `${count} oppføringar står i rekkjefølgje utan hol.`,
      `${count} entries stand in order without a gap.`,
    ),
    labels(
      `Oppføringer mangler eller står på feil plass: ${places}`,
      `Oppføringar manglar eller står på feil plass: ${places}`,
      `Entries are missing or out of place: ${places}`,
    ),
  );
export const hashesAgree = (places: string): Sentences =>
  both(
    labels('Hver tekst gir sin hash.', 'Kvar tekst gir hashen sin.', 'Every text gives its hash.'),
    labels(`Tekster gir en annen hash: ${places}`, `Tekstar gir ein annan hash: ${places}`, `Texts give another hash: ${places}`),
  );
export const allCanonical = (places: string): Sentences =>
  both(
    labels('Hver tekst har lagret form.', 'Kvar tekst har lagra form.', 'Every text has the stored form.'),
    labels(
      `Tekster har ikke lagret form: ${places}`,
      `Tekstar har ikkje lagra form: ${places}`,
      `Texts do not have the stored form: ${places}`,
    ),
  );
export const revisionsFollow = (places: string): Sentences =>
  both(
    labels(
      'Revisjonene følger hverandre i hver sak.',
      'Revisjonane følgjer kvarandre i kvar sak.',
      'Revisions follow one another in every item.',
    ),
    labels(
      `Revisjoner mangler eller går igjen: ${places}`,
      `Revisjonar manglar eller går igjen: ${places}`,
      `Revisions are missing or occur twice: ${places}`,
    ),
  );
export const rootAgrees = (size: number): Sentences =>
  both(
    labels(
      `De ${size} oppføringene gir sjekkpunktets rot.`,
      `Dei ${size} oppføringane gir rota i sjekkpunktet.`,
      `The ${size} entries give the root of the checkpoint.`,
    ),
    labels(
      `De ${size} oppføringene gir en annen rot enn sjekkpunktets.`,
      `Dei ${size} oppføringane gir ei anna rot enn sjekkpunktet.`,
      `The ${size} entries give another root than the checkpoint.`,
    ),
  );
export const unchangedSince = (size: number): Sentences =>
  both(
    labels(
      `De første ${size} oppføringene er uendret siden det eldre sjekkpunktet.`,
      `Dei første ${size} oppføringane er uendra sidan det eldre sjekkpunktet.`,
      `The first ${size} entries are unchanged since the older checkpoint.`,
    ),
    labels(
      `De første ${size} oppføringene er ikke de som det eldre sjekkpunktet bevitner: noe er endret eller fjernet.`,
      `Dei første ${size} oppføringane er ikkje dei som det eldre sjekkpunktet vitnar om: noko er endra eller fjerna.`,
      `The first ${size} entries are not those that the older checkpoint vouches for: something was changed or removed.`,
    ),
  );
export const sameOrigin = (one: string, other: string): Sentences =>
  both(
    labels(`Begge er av journalen ${one}.`, `Begge er av journalen ${one}.`, `Both are of the record ${one}.`),
    labels(
      `De er av hver sin journal: ${one} og ${other}. En journal som begynner på nytt, er en forgrening.`,
      `Dei er av kvar sin journal: ${one} og ${other}. Ein journal som byrjar på nytt, er ei forgreining.`,
      `They are of different records: ${one} and ${other}. A record that begins anew is a fork.`,
    ),
  );
export const differsFrom = (index: number): Labels =>
  labels(
    `Den første oppføringen som skiller seg, er ${index}.`,
    `Den første oppføringa som skil seg, er ${index}.`,
    `The first entry that differs is ${index}.`,
  );
export const needsProof = (from: number, to: number): Labels =>
  labels(
    `Sjekkpunktene er over ${from} og ${to} oppføringer: det trengs en eksport eller et konsistensbevis (--proof) for å sammenligne dem.`,
    `Sjekkpunkta er over ${from} og ${to} oppføringar: det trengst ein eksport eller eit konsistensbevis (--proof) for å samanlikne dei.`,
    `The checkpoints are over ${from} and ${to} entries: an export or a consistency proof (--proof) is needed to compare them.`,
  );
