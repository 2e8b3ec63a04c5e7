import { refuse, type Refusal } from './decision.js';
import type { ItemId } from './entry.js';
import { onDay, type PartialDate } from './partial-date.js';
import { labelOfDate } from './partial-date-label.js';
import { labels, type Labels } from './labels.js';
import type { Issue } from './parser.js';
import { RELATION_LABELS, type Relation } from './relation.js';

/** What the shared decider answers when it says no. One place, so that the three languages stay in step. */

const seeHistory = labels(
  'Hent history på saken og bruk id-en til oppføringen derfra.',
  'Hent history på saka og bruk id-en til oppføringa derifrå.',
  'Read the history of the item and use the id of the entry found there.',
);
const correctInstead = labels(
  'Er det som står feil, så rett oppføringen med correctEntry og begrunn det.',
  'Er det som står feil, så rett oppføringa med correctEntry og grunngi det.',
  'If what stands is wrong, correct the entry with correctEntry and give the reason.',
);

export const itemRetracted = (item: ItemId): Refusal =>
  refuse(
    'ITEM_RETRACTED',
    labels('Saken er trukket tilbake.', 'Saka er trekt tilbake.', 'The item has been retracted.'),
    labels(
      'Trekk først tilbake tilbaketrekkingen av den første oppføringen med retractEntry.',
      'Trekk først tilbake tilbaketrekkinga av den første oppføringa med retractEntry.',
      'First retract the retraction of its first entry with retractEntry.',
    ),
    { allowed: ['retractEntry'], candidates: [item] },
  );

export const unknownEntry = (): Refusal =>
  refuse(
    'UNKNOWN_ENTRY',
    labels('Saken har ingen slik oppføring.', 'Saka har inga slik oppføring.', 'The item has no such entry.'),
    seeHistory,
  );

export const entryRetracted = (): Refusal =>
  refuse(
    'ENTRY_RETRACTED',
    labels('Oppføringen er trukket tilbake.', 'Oppføringa er trekt tilbake.', 'The entry has been retracted.'),
    labels(
      'Skal den gjelde igjen, så trekk først tilbake tilbaketrekkingen med retractEntry.',
      'Skal ho gjelde igjen, så trekk først tilbake tilbaketrekkinga med retractEntry.',
      'If it is to stand again, first retract the retraction with retractEntry.',
    ),
    { allowed: ['retractEntry'] },
  );

export const unknownPart = (part: string): Refusal =>
  refuse(
    'UNKNOWN_POINT',
    labels(`Saken har ikke noe punkt ${part}.`, `Saka har ikkje noko punkt ${part}.`, `The item has no point ${part}.`),
    labels(
      'Punkt angis med hele stien, for eksempel «2.3.1». Hent points på saken for å se hvilke som finnes.',
      'Punkt blir oppgitte med heile stien, til dømes «2.3.1». Hent points på saka for å sjå kva for nokre som finst.',
      'A point is named by its whole path, for example “2.3.1”. Read the points of the item to see which there are.',
    ),
  );

export const relationHasItsCommand = (relation: Relation): Refusal => {
  const { nb, nn, en } = RELATION_LABELS[relation];
  return refuse(
    'RELATION_HAS_ITS_COMMAND',
    labels(
      `En lenke som sier «${nb}», lages ikke for hånd: den følger av kommandoen som gjør det.`,
      `Ei lenkje som seier «${nn}», blir ikkje laga for hand: ho følgjer av kommandoen som gjer det.`,
      `A link that says “${en}” is not made by hand: it follows from the command that does it.`,
    ),
    labels(
      'Bruk kommandoen som avløser, opphever, endrer, erstatter eller slår sammen saken; den lager lenken.',
      'Bruk kommandoen som avløyser, opphevar, endrar, erstattar eller slår saman saka; han lagar lenkja.',
      'Use the command that supersedes, repeals, amends, replaces or merges the item; it makes the link.',
    ),
  );
};

export const linkToItself = (): Refusal =>
  refuse(
    'LINK_TO_ITSELF',
    labels('En sak kan ikke lenkes til seg selv.', 'Ei sak kan ikkje lenkjast til seg sjølv.', 'An item cannot be linked to itself.'),
    labels(
      'Vis til en annen sak, eller oppgi to ulike punkter i denne.',
      'Vis til ei anna sak, eller oppgi to ulike punkt i denne.',
      'Name another item, or two different points of this one.',
    ),
  );

export const notALink = (): Refusal =>
  refuse(
    'NOT_A_LINK',
    labels(
      'Oppføringen er ikke en lenke som er laget med link.',
      'Oppføringa er ikkje ei lenkje som er laga med link.',
      'The entry is not a link made with link.',
    ),
    labels(
      'Oppgi oppføringen som laget lenken. Følger lenken av en annen hendelse, forsvinner den når den oppføringen trekkes tilbake.',
      'Oppgi oppføringa som laga lenkja. Følgjer lenkja av ei anna hending, forsvinn ho når den oppføringa blir trekt tilbake.',
      'Name the entry that made the link. A link that follows from another event goes when that entry is retracted.',
    ),
    { allowed: ['retractEntry'] },
  );

export const reasonRequired = (): Refusal =>
  refuse(
    'REASON_REQUIRED',
    labels(
      'En rettelse eller tilbaketrekking må begrunnes.',
      'Ei retting eller tilbaketrekking må grunngivast.',
      'A correction or a retraction needs a reason.',
    ),
    labels(
      'Skriv i reason hvorfor oppføringen var feil.',
      'Skriv i reason kvifor oppføringa var feil.',
      'Say in reason why the entry was wrong.',
    ),
  );

export const invalidCorrection = (issues: readonly Issue[]): Refusal => {
  const list = issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
  return refuse(
    'INVALID_CORRECTION',
    labels(`Rettelsen kan ikke stå: ${list}`, `Rettinga kan ikkje stå: ${list}`, `The correction cannot stand: ${list}`),
    labels(
      'Bruk stiene som changes viser på oppføringen, og verdier som ville vært gyldige da den ble ført.',
      'Bruk stiane som changes viser på oppføringa, og verdiar som ville ha vore gyldige då ho vart ført.',
      'Use the paths that changes shows on the entry, and values that would have been valid when it was recorded.',
    ),
  );
};

export const foundingHasFollowers = (followers: number): Refusal =>
  refuse(
    'FOUNDING_HAS_FOLLOWERS',
    labels(
      `Den første oppføringen bærer saken og kan ikke trekkes tilbake før resten er det: ${followers} gjelder fortsatt.`,
      `Den første oppføringa ber saka og kan ikkje trekkjast tilbake før resten er det: ${followers} gjeld framleis.`,
      `The first entry carries the item and cannot be retracted before the rest: ${followers} still ${followers === 1 ? 'stands' : 'stand'}.`,
    ),
    labels(
      'Trekk tilbake de andre oppføringene først, eller rett den første med correctEntry.',
      'Trekk tilbake dei andre oppføringane først, eller rett den første med correctEntry.',
      'Retract the other entries first, or correct the first one with correctEntry.',
    ),
    { allowed: ['retractEntry', 'correctEntry'] },
  );

export const nothingToDate = (): Refusal =>
  refuse(
    'NOTHING_TO_DATE',
    labels(
      'Oppføringen er en rettelse, en tilbaketrekking eller en fastsatt dato og har ingen egen dato å fastsette.',
      'Oppføringa er ei retting, ei tilbaketrekking eller ein fastsett dato og har ingen eigen dato å fastsetje.',
      'The entry is a correction, a retraction or an established date and has no date of its own to establish.',
    ),
    labels(
      'Oppgi oppføringen den gjelder. Var den fastsatte datoen feil, så rett eller trekk tilbake den.',
      'Oppgi oppføringa ho gjeld. Var den fastsette datoen feil, så rett eller trekk tilbake han.',
      'Name the entry it is about. If the established date was wrong, correct or retract it.',
    ),
    { allowed: ['correctEntry', 'retractEntry'] },
  );

/** «7. juni 2016» in every language, inside a sentence. */
const inSentence = (date: PartialDate, sentence: Readonly<Record<keyof Labels, (date: string) => string>>): Labels => {
  const { nb, nn, en } = labelOfDate(date);
  return labels(sentence.nb(nb), sentence.nn(nn), sentence.en(en));
};

export const dateOutsideBounds = (known: PartialDate): Refusal =>
  refuse(
    'DATE_OUTSIDE_BOUNDS',
    inSentence(known, {
      nb: (date) => `Datoen ligger ikke innenfor det som alt er kjent: ${date}.`,
      nn: (date) => `Datoen ligg ikkje innanfor det som alt er kjent: ${date}.`,
      en: (date) => `The date does not lie within what is already known: ${date}.`,
    }),
    correctInstead,
    { allowed: ['correctEntry'] },
  );

export const dateInFuture = (recordedOn: string): Refusal =>
  refuse(
    'DATE_IN_FUTURE',
    inSentence(onDay(recordedOn), {
      nb: (date) => `Oppføringen ble ført ${date}, og det den forteller om, kan ikke ha skjedd etterpå.`,
      nn: (date) => `Oppføringa vart ført ${date}, og det ho fortel om, kan ikkje ha skjedd etterpå.`,
      en: (date) => `The entry was recorded on ${date}, and what it tells of cannot have happened after that.`,
    }),
    labels(
      'Oppgi en dato som ikke er senere. Planlagte datoer hører hjemme i opplysningene, ikke her.',
      'Oppgi ein dato som ikkje er seinare. Planlagde datoar høyrer heime i opplysningane, ikkje her.',
      'Give a date that is no later. Planned dates belong in the data, not here.',
    ),
  );

/** `dates`: the entries that established them. */
export const contradictsDates = (item: ItemId, dates: readonly string[]): Refusal => {
  const list = dates.join(', ');
  return refuse(
    'CONTRADICTS_LATER',
    labels(
      `En dato som er fastsatt senere, ville ikke lenger ligge innenfor det den bygger på: ${list}.`,
      `Ein dato som er fastsett seinare, ville ikkje lenger liggje innanfor det han byggjer på: ${list}.`,
      `A date that was established later would no longer lie within what it builds on: ${list}.`,
    ),
    labels(
      'Trekk først tilbake den fastsatte datoen, eller rett den.',
      'Trekk først tilbake den fastsette datoen, eller rett han.',
      'First retract the established date, or correct it.',
    ),
    { candidates: [item], allowed: ['retractEntry', 'correctEntry'] },
  );
};
