import { labels, type Labels } from '@saksgang/kernel';

/** Why nothing more is signed, or what a verification found: plain words, and what to do. Holds nothing of an entry's content. */
export type Trouble = Readonly<{ code: TroubleCode; message: Labels; whatToDo: Labels }>;
export type TroubleCode =
  | 'LOG_SHORTER'
  | 'ENTRY_DIFFERS'
  | 'ENTRY_UNREADABLE'
  | 'CHECKPOINT_DIFFERS'
  | 'INDEX_DIFFERS'
  | 'NOTE_REFUSED'
  | 'KEY_MISSING'
  | 'KEY_IS_ANOTHER'
  | 'ORIGIN_IS_ANOTHER'
  | 'MEMORY_MISSING';

const FIND_OUT = labels(
  'Finn ut hva som er endret, og legg tilbake en fullstendig kopi av loggen. Kan den ikke legges tilbake, så start en ny, synlig opprinnelse: npm run cli -- record fork --reason «…».',
  'Finn ut kva som er endra, og legg tilbake ein fullstendig kopi av loggen. Kan han ikkje leggjast tilbake, så start eit nytt, synleg opphav: npm run cli -- record fork --reason «…».',
  'Find out what was changed, and put back a complete copy of the log. If there is none, start a new, visible origin: npm run cli -- record fork --reason "…".',
);
const DELETE_INDEX = labels(
  'Stopp tjenesten og slett record.db i datamappen: den bygges på nytt av loggen. Kommer feilen igjen, er det loggen som er endret.',
  'Stopp tenesta og slett record.db i datamappa: ho blir bygd på nytt av loggen. Kjem feilen igjen, er det loggen som er endra.',
  'Stop the service and delete record.db in the data directory: it is built anew from the log. If this comes again, it is the log that was changed.',
);

/** `signed`: how many entries are signed for; `found`: how many the log holds. */
export const logIsShorter = (signed: number, found: number): Trouble => ({
  code: 'LOG_SHORTER',
  message: labels(
    `Loggen har ${found} oppføringer, men det er gått god for ${signed}: noe er fjernet, eller en gammel kopi er lagt tilbake.`,
    `Loggen har ${found} oppføringar, men det er gått god for ${signed}: noko er fjerna, eller ein gammal kopi er lagd tilbake.`,
    `The log holds ${found} entries, but ${signed} are signed for: some were removed, or an old copy was put back.`,
  ),
  whatToDo: FIND_OUT,
});

/** `n`: the entry's dense index, from 0. */
export const entryDiffers = (n: number): Trouble => ({
  code: 'ENTRY_DIFFERS',
  message: labels(
    `Oppføring ${n} er ikke lenger den som ble ført: kontrollsummen er en annen.`,
    `Oppføring ${n} er ikkje lenger den som vart ført: kontrollsummen er ein annan.`,
    `Entry ${n} is no longer what was recorded: its hash is another.`,
  ),
  whatToDo: FIND_OUT,
});

export const entryIsUnreadable = (n: number): Trouble => ({
  code: 'ENTRY_UNREADABLE',
  message: labels(
    `Oppføring ${n} er ingen oppføring, eller står på en annen plass enn den selv sier.`,
    `Oppføring ${n} er inga oppføring, eller står på ein annan plass enn ho sjølv seier.`,
    `Entry ${n} is no entry, or stands in another place than it says itself.`,
  ),
  whatToDo: FIND_OUT,
});

/** `size`: how many entries the checkpoint is of. */
export const checkpointDiffers = (size: number): Trouble => ({
  code: 'CHECKPOINT_DIFFERS',
  message: labels(
    `De første ${size} oppføringene er ikke lenger de som det ble gått god for.`,
    `Dei første ${size} oppføringane er ikkje lenger dei som det vart gått god for.`,
    `The first ${size} entries are no longer those that were signed for.`,
  ),
  whatToDo: FIND_OUT,
});

export const indexDiffers = (size: number): Trouble => ({
  code: 'INDEX_DIFFERS',
  message: labels(
    `Registeret over kontrollsummer (record.db) stemmer ikke med loggen ved ${size} oppføringer.`,
    `Registeret over kontrollsummar (record.db) stemmer ikkje med loggen ved ${size} oppføringar.`,
    `The index of hashes (record.db) does not agree with the log at ${size} entries.`,
  ),
  whatToDo: DELETE_INDEX,
});

export const noteIsRefused = (why: string): Trouble => ({
  code: 'NOTE_REFUSED',
  message: labels(
    `Det siste sjekkpunktet er endret siden det ble signert: ${why}.`,
    `Det siste sjekkpunktet er endra sidan det vart signert: ${why}.`,
    `The last checkpoint was changed after it was signed: ${why}.`,
  ),
  whatToDo: FIND_OUT,
});

const PUT_BACK_KEY = labels(
  'Legg tilbake signeringsnøkkelen fra dens egen kopi, eller start en ny, synlig opprinnelse: npm run cli -- record fork --reason «…».',
  'Legg tilbake signeringsnøkkelen frå sin eigen kopi, eller start eit nytt, synleg opphav: npm run cli -- record fork --reason «…».',
  'Put back the signing key from its own copy, or start a new, visible origin: npm run cli -- record fork --reason "…".',
);
export const keyIsMissing = (path: string): Trouble => ({
  code: 'KEY_MISSING',
  message: labels(
    `Signeringsnøkkelen ${path} mangler, og det er signert med den før.`,
    `Signeringsnøkkelen ${path} manglar, og det er signert med han før.`,
    `The signing key ${path} is missing, and it has signed before.`,
  ),
  whatToDo: PUT_BACK_KEY,
});
export const keyIsAnother = (path: string): Trouble => ({
  code: 'KEY_IS_ANOTHER',
  message: labels(
    `${path} er en annen nøkkel enn den som har signert til nå.`,
    `${path} er ein annan nøkkel enn den som har signert til no.`,
    `${path} is another key than the one that has signed until now.`,
  ),
  whatToDo: PUT_BACK_KEY,
});

export const originIsAnother = (kept: string, set: string): Trouble => ({
  code: 'ORIGIN_IS_ANOTHER',
  message: labels(
    `RECORD_ORIGIN er «${set}», men sjekkpunktene er signert som «${kept}».`,
    `RECORD_ORIGIN er «${set}», men sjekkpunkta er signerte som «${kept}».`,
    `RECORD_ORIGIN is "${set}", but checkpoints are signed as "${kept}".`,
  ),
  whatToDo: labels(
    `Sett RECORD_ORIGIN til «${kept}», eller start en ny, synlig opprinnelse: npm run cli -- record fork --reason «…».`,
    `Set RECORD_ORIGIN til «${kept}», eller start eit nytt, synleg opphav: npm run cli -- record fork --reason «…».`,
    `Set RECORD_ORIGIN to "${kept}", or start a new, visible origin: npm run cli -- record fork --reason "…".`,
  ),
});

export const memoryIsMissing = (path: string): Trouble => ({
  code: 'MEMORY_MISSING',
  message: labels(
    `${path} mangler: signeringsnøkkelen er der, men ikke det den sist har signert.`,
    `${path} manglar: signeringsnøkkelen er der, men ikkje det han sist har signert.`,
    `${path} is missing: the signing key is there, but not what it has signed last.`,
  ),
  whatToDo: labels(
    `Legg tilbake ${path}, eller start en ny, synlig opprinnelse: npm run cli -- record fork --reason «…».`,
    `Legg tilbake ${path}, eller start eit nytt, synleg opphav: npm run cli -- record fork --reason «…».`,
    `Put back ${path}, or start a new, visible origin: npm run cli -- record fork --reason "…".`,
  ),
});
