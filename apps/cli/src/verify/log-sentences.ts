import { labels, type Labels } from '@saksgang/kernel';
import { type Sentences } from '@saksgang/record';

export const fileIsWhole = (faults: string): Sentences => ({
  holds: labels('Databasefilen er hel.', 'Databasefila er heil.', 'The database file is whole.'),
  fails: labels(`Databasefilen er skadet: ${faults}`, `Databasefila er skadd: ${faults}`, `The database file is damaged: ${faults}`),
});
export const columnsAgree = (places: string): Sentences => ({
  holds: labels(
    'Kolonnene ved siden av hver oppføring sier det samme som oppføringen.',
    'Kolonnane ved sida av kvar oppføring seier det same som oppføringa.',
    'The columns beside each entry say what the entry says.',
  ),
  fails: labels(
    `Kolonner sier noe annet enn oppføringen: ${places}`,
    `Kolonnar seier noko anna enn oppføringa: ${places}`,
    `Columns say something else than their entry: ${places}`,
  ),
});
export const idsFollow = (places: string): Sentences => ({
  holds: labels('Hver id følger av sak og kommando.', 'Kvar id følgjer av sak og kommando.', 'Every id follows from its item and command.'),
  fails: labels(
    `Id-er følger ikke av sak og kommando: ${places}`,
    `Id-ar følgjer ikkje av sak og kommando: ${places}`,
    `Ids do not follow from their item and command: ${places}`,
  ),
});
export const boxesBelong = (places: string): Sentences => ({
  holds: labels(
    'Hver forseglet boks hører til der den ligger.',
    'Kvar forsegla boks høyrer til der han ligg.',
    'Every sealed box belongs where it lies.',
  ),
  fails: labels(
    `Forseglede bokser hører ikke til der de ligger: ${places}`,
    `Forsegla boksar høyrer ikkje til der dei ligg: ${places}`,
    `Sealed boxes do not belong where they lie: ${places}`,
  ),
});
export const boxesOpen = (count: number, places: string): Sentences => ({
  holds: labels(
    `${count} forseglede bokser lar seg åpne og holder det som ble forseglet.`,
    `${count} forsegla boksar lèt seg opne og held det som vart forsegla.`,
    `${count} sealed boxes open and hold what was sealed.`,
  ),
  fails: labels(
    `Forseglede bokser lar seg ikke åpne: ${places}`,
    `Forsegla boksar lèt seg ikkje opne: ${places}`,
    `Sealed boxes do not open: ${places}`,
  ),
});
export const boxesUnopened = (why: string): Labels =>
  labels(
    `De forseglede boksene er ikke åpnet: ${why}`,
    `Dei forsegla boksane er ikkje opna: ${why}`,
    `The sealed boxes were not opened: ${why}`,
  );
export const boxesLost = (places: string): Sentences => ({
  holds: labels(
    'Ingen boks mangler for en person som ikke er slettet.',
    'Ingen boks manglar for ein person som ikkje er sletta.',
    'No box is missing of a person who is not erased.',
  ),
  fails: labels(
    `Bokser mangler for personer som ikke er slettet: ${places}`,
    `Boksar manglar for personar som ikkje er sletta: ${places}`,
    `Boxes are missing of persons who are not erased: ${places}`,
  ),
});
export const logUnreadable = (index: number, why: string): Labels =>
  labels(
    `Loggen kan ikke leses etter oppføring ${index}: ${why}`,
    `Loggen kan ikkje lesast etter oppføring ${index}: ${why}`,
    `The log cannot be read after entry ${index}: ${why}`,
  );
export const noCheckpoint = labels(
  'Det finnes ikke noe sjekkpunkt å holde loggen opp mot: oppgi et (--since).',
  'Det finst ikkje noko sjekkpunkt å halde loggen opp mot: oppgi eit (--since).',
  'There is no checkpoint to hold the log against: give one (--since).',
);
export const checkpointsKept = (count: number, places: string): Sentences => ({
  holds: labels(
    `Loggen holder mål mot alle ${count} sjekkpunkter som ligger ved siden av den.`,
    `Loggen held mål mot alle ${count} sjekkpunkt som ligg ved sida av han.`,
    `The log agrees with all ${count} checkpoints beside it.`,
  ),
  fails: labels(
    `Loggen stemmer ikke med sjekkpunktene ved siden av den, over så mange oppføringer: ${places}`,
    `Loggen stemmer ikkje med sjekkpunkta ved sida av han, over så mange oppføringar: ${places}`,
    `The log does not agree with the checkpoints beside it, over so many entries: ${places}`,
  ),
});
export const notYetSigned = (count: number): Labels =>
  labels(
    `${count} oppføringer er nyere enn det siste sjekkpunktet.`,
    `${count} oppføringar er nyare enn det siste sjekkpunktet.`,
    `${count} entries are newer than the last checkpoint.`,
  );

export const indexAgrees = (places: string): Sentences => ({
  holds: labels(
    'Registeret over hasher ved siden av loggen stemmer.',
    'Registeret over hashar ved sida av loggen stemmer.',
    'The index of hashes beside the log is right.',
  ),
  fails: labels(
    `Registeret over hasher ved siden av loggen stemmer ikke: ${places}`,
    `Registeret over hashar ved sida av loggen stemmer ikkje: ${places}`,
    `The index of hashes beside the log is wrong: ${places}`,
  ),
});
