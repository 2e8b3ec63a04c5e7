import { refuse, type Refusal } from './decision.js';
import type { ItemId } from './entry.js';
import { onDay, type PartialDate } from './partial-date.js';
import { labelOfDate } from './partial-date-label.js';
import { labels, type Labels } from './labels.js';
import type { Issue } from './parser.js';
import { RELATION_LABELS, type Relation } from './relation.js';
import type { KeepingEvent } from './shared.js';

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
export const unpublishingNeedsReason = (): Refusal =>
  refuse(
    'REASON_REQUIRED',
    labels(
      'Det må begrunnes at en sak ikke lenger skal være offentlig.',
      'Det må grunngivast at ei sak ikkje lenger skal vere offentleg.',
      'That an item is to be public no longer needs a reason.',
    ),
    labels(
      'Skriv begrunnelsen i reason. Den blir stående i historikken.',
      'Skriv grunngivinga i reason. Ho blir ståande i historikken.',
      'Give the reason in reason. It stands in the history from then on.',
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

const OPPOSITES: Readonly<Record<KeepingEvent['type'], string>> = {
  Published: 'unpublish',
  Unpublished: 'publish',
  Shielded: 'release',
  Released: 'shield',
};

export const undoneByItsOpposite = ({ type }: KeepingEvent): Refusal =>
  refuse(
    'UNDONE_BY_ITS_OPPOSITE',
    labels(
      'At noe er offentliggjort eller skjermet, rettes eller trekkes ikke tilbake: det ville gjøre det uklart hvem som kunne se hva, og når.',
      'At noko er offentleggjort eller skjerma, vert ikkje retta eller trekt tilbake: det ville gjere det uklart kven som kunne sjå kva, og når.',
      'That something was published or shielded is neither corrected nor retracted: nobody could then tell who could see what, and when.',
    ),
    labels(
      `Gjør det motsatte fra nå av, med ${OPPOSITES[type]}.`,
      `Gjer det motsette frå no av, med ${OPPOSITES[type]}.`,
      `Do the opposite from now on, with ${OPPOSITES[type]}.`,
    ),
    { allowed: [OPPOSITES[type]] },
  );

export const alreadyPublished = (withHistory: boolean): Refusal =>
  refuse(
    'ALREADY_PUBLISHED',
    withHistory
      ? labels(
          'Saken er alt offentliggjort med historikk.',
          'Saka er alt offentleggjord med historikk.',
          'The item is already published, with its history.',
        )
      : labels(
          'Saken er alt offentliggjort uten historikk.',
          'Saka er alt offentleggjord utan historikk.',
          'The item is already published, without its history.',
        ),
    labels(
      `Skal historikken ${withHistory ? 'ikke ' : ''}kunne leses, så send publish med withHistory: ${!withHistory}.`,
      `Skal historikken ${withHistory ? 'ikkje ' : ''}kunne lesast, så send publish med withHistory: ${!withHistory}.`,
      `If its history is ${withHistory ? 'not ' : ''}to be read, send publish with withHistory: ${!withHistory}.`,
    ),
    { allowed: ['publish', 'unpublish'] },
  );

export const notPublished = (): Refusal =>
  refuse(
    'NOT_PUBLISHED',
    labels('Saken er ikke offentliggjort.', 'Saka er ikkje offentleggjord.', 'The item is not published.'),
    labels('Det er ingenting å trekke inn.', 'Det er ingenting å trekkje inn.', 'There is nothing to take back.'),
    { allowed: ['publish'] },
  );

/** «Punkt 3», or «Saken». */
const named = (part: string | null): Labels =>
  part === null ? labels('Saken', 'Saka', 'The item') : labels(`Punkt ${part}`, `Punkt ${part}`, `Point ${part}`);

export const alreadyShielded = (part: string | null): Refusal => {
  const what = named(part);
  return refuse(
    'ALREADY_SHIELDED',
    labels(
      `${what.nb} er alt skjermet, med samme hjemmel og samme sluttdato.`,
      `${what.nn} er alt skjerma, med same heimel og same sluttdato.`,
      `${what.en} is already shielded, on the same legal basis and until the same day.`,
    ),
    labels(
      'Oppgi en annen hjemmel eller sluttdato, eller opphev skjermingen med release.',
      'Oppgi ein annan heimel eller sluttdato, eller opphev skjerminga med release.',
      'Give another legal basis or end date, or end the shielding with release.',
    ),
    { allowed: ['release'] },
  );
};

export const notShielded = (part: string | null): Refusal => {
  const what = named(part);
  return refuse(
    'NOT_SHIELDED',
    labels(`${what.nb} er ikke skjermet nå.`, `${what.nn} er ikkje skjerma no.`, `${what.en} is not shielded now.`),
    labels(
      'Se under shields hva som er skjermet, og til når.',
      'Sjå under shields kva som er skjerma, og til når.',
      'See in shields what is shielded, and until when.',
    ),
    { allowed: ['shield'] },
  );
};

export const shieldTheWhole = (kind: Labels): Refusal =>
  refuse(
    'NOT_SHIELDED_BY_PART',
    labels(
      `Enkeltdeler av en sak av typen ${kind.nb} kan ikke skjermes hver for seg.`,
      `Einskilddelar av ei sak av typen ${kind.nn} kan ikkje skjermast kvar for seg.`,
      `Parts of an item of the kind ${kind.en} cannot be shielded one by one.`,
    ),
    labels(
      'Utelat point, så skjermes hele saken.',
      'Utelat point, så vert heile saka skjerma.',
      'Leave out point: the whole item is then shielded.',
    ),
    { allowed: ['shield'] },
  );

export const shieldEndsBefore = (today: string): Refusal =>
  refuse(
    'SHIELD_ENDS_IN_PAST',
    inSentence(onDay(today), {
      nb: (date) => `Skjermingen ville vært over før den begynte: i dag er ${date}.`,
      nn: (date) => `Skjerminga ville ha vore over før ho tok til: i dag er ${date}.`,
      en: (date) => `The shielding would be over before it began: today is ${date}.`,
    }),
    labels(
      'Oppgi en sluttdato som ikke er passert, eller utelat until.',
      'Oppgi ein sluttdato som ikkje er passert, eller utelat until.',
      'Give an end date that has not passed, or leave out until.',
    ),
  );
