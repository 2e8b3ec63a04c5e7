import { labels, refuse, RELATION_LABELS, type ItemId, type Labels, type Refusal, type Relation, type Role } from '@saksgang/kernel';
import { ROLE_LABELS } from './role-labels.js';

/** Every refusal that `submit` itself gives; kinds give their own. One place, so that the three languages stay in step. */

/** `AssignPoint` is written `assignPoint` where clients see it. */
export const mutationName = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);

const at = (path: readonly string[]): string => path.join('.');
/** What to do is the same wherever an id is wrong. */
const lookItUp = labels(
  'Slå opp saken med byReference eller søk, og bruk id-en som svaret gir.',
  'Slå opp saka med byReference eller søk, og bruk id-en som svaret gir.',
  'Look the item up with byReference or search, and use the id in the answer.',
);
const sendAgain = labels(
  'Vent litt og send samme kommando en gang til med samme commandId: det som eventuelt er ført, blir ikke ført to ganger.',
  'Vent litt og send same kommando ein gong til med same commandId: det som eventuelt er ført, blir ikkje ført to gonger.',
  'Wait a little and send the same command again with the same commandId: what may have been recorded is not recorded twice.',
);

/** `may`: the roles that may perform it. The administrator is named only where no other role may. */
export const forbidden = (type: string, role: Role, may: readonly Role[]): Refusal => {
  const name = mutationName(type);
  const others = may.filter((one) => one !== 'admin');
  const toAsk = others.length === 0 ? may : others;
  const named = (locale: keyof Labels): string => toAsk.map((one) => ROLE_LABELS[one][locale]).join(OR[locale]);
  return refuse(
    'FORBIDDEN',
    labels(
      `Rollen ${ROLE_LABELS[role].nb} kan ikke utføre ${name}.`,
      `Rolla ${ROLE_LABELS[role].nn} kan ikkje utføre ${name}.`,
      `The role of ${ROLE_LABELS[role].en} may not perform ${name}.`,
    ),
    toAsk.length === 0
      ? nobodyMay
      : labels(
          `Be ${named('nb')} om å gjøre det, eller bruk en nøkkel med en slik rolle.`,
          `Be ${named('nn')} om å gjere det, eller bruk ein nøkkel med ei slik rolle.`,
          `Ask ${named('en')} to do it, or use a key of such a role.`,
        ),
  );
};
/** `may`: the roles that see it. */
export const forbiddenToRead = (role: Role, may: readonly Role[]): Refusal => {
  const named = (locale: keyof Labels): string => may.map((one) => ROLE_LABELS[one][locale]).join(OR[locale]);
  return refuse(
    'FORBIDDEN',
    labels(
      `Rollen ${ROLE_LABELS[role].nb} kan ikke lese dette.`,
      `Rolla ${ROLE_LABELS[role].nn} kan ikkje lese dette.`,
      `The role of ${ROLE_LABELS[role].en} may not read this.`,
    ),
    labels(
      `Det kan ${named('nb')}. Spør dem, eller bruk en nøkkel med en slik rolle.`,
      `Det kan ${named('nn')}. Spør dei, eller bruk ein nøkkel med ei slik rolle.`,
      `It is for ${named('en')}. Ask them, or use a key of such a role.`,
    ),
  );
};

/** The role may, the key or token it came with may not. */
export const outsideScope = (type: string): Refusal => {
  const name = mutationName(type);
  return refuse(
    'FORBIDDEN',
    labels(`Nøkkelen er ikke utstedt for ${name}.`, `Nøkkelen er ikkje utstedd for ${name}.`, `The key is not for ${name}.`),
    labels(
      'Bruk en nøkkel som er utstedt for kommandoen, eller be administrator om en.',
      'Bruk ein nøkkel som er utstedd for kommandoen, eller be administrator om ein.',
      'Use a key that is for the command, or ask the administrator for one.',
    ),
  );
};
const OR: Labels = labels(' eller ', ' eller ', ' or ');
const nobodyMay = labels(
  'Ingen rolle kan gjøre dette. Slå opp i skjemaet hvilke kommandoer saken har.',
  'Inga rolle kan gjere dette. Slå opp i skjemaet kva kommandoar saka har.',
  'No role may do this. Look up in the schema which commands the item takes.',
);

export const commandIdReused = (item: ItemId): Refusal =>
  refuse(
    'COMMAND_ID_REUSED',
    labels(
      'Denne commandId-en er alt brukt på samme sak, med et annet innhold.',
      'Denne commandId-en er alt brukt på same sak, med eit anna innhald.',
      'This commandId has already been used on the same item, with other content.',
    ),
    labels(
      'Bruk en ny commandId for en ny kommando. Ville du sende den gamle på nytt, må innholdet være nøyaktig det samme.',
      'Bruk ein ny commandId for ein ny kommando. Ville du sende den gamle på nytt, må innhaldet vere nøyaktig det same.',
      'Use a new commandId for a new command. To send the old one again, its content must be exactly the same.',
    ),
    { candidates: [item] },
  );

export const unknownItem = (path: readonly string[], item: ItemId): Refusal =>
  refuse(
    'UNKNOWN_ITEM',
    labels(
      `${at(path)}: det finnes ingen sak ${item}.`,
      `${at(path)}: det finst inga sak ${item}.`,
      `${at(path)}: there is no item ${item}.`,
    ),
    lookItUp,
  );

export const unknownPoint = (path: readonly string[], item: ItemId, title: string, part: string): Refusal =>
  refuse(
    'UNKNOWN_POINT',
    labels(
      `${at(path)}: «${title}» har ikke noe punkt ${part}.`,
      `${at(path)}: «${title}» har ikkje noko punkt ${part}.`,
      `${at(path)}: “${title}” has no point ${part}.`,
    ),
    labels(
      'Punkt angis med hele stien, for eksempel «2.3.1». Hent points på saken for å se hvilke som finnes.',
      'Punkt blir oppgitte med heile stien, til dømes «2.3.1». Hent points på saka for å sjå kva for nokre som finst.',
      'A point is named by its whole path, for example “2.3.1”. Read the points of the item to see which there are.',
    ),
    { candidates: [item] },
  );

export const wrongKind = (path: readonly string[], item: ItemId, found: Labels, wanted: readonly Labels[]): Refusal => {
  const list = (locale: keyof Labels, or: string): string => wanted.map((label) => label[locale]).join(or);
  return refuse(
    'WRONG_KIND',
    labels(
      `${at(path)}: saken er av typen ${found.nb}, men her må den være ${list('nb', ' eller ')}.`,
      `${at(path)}: saka er av typen ${found.nn}, men her må ho vere ${list('nn', ' eller ')}.`,
      `${at(path)}: the item is of the kind ${found.en}, but here it must be ${list('en', ' or ')}.`,
    ),
    lookItUp,
    { candidates: [item] },
  );
};

export const targetRetracted = (path: readonly string[], item: ItemId, title: string): Refusal =>
  refuse(
    'ITEM_RETRACTED',
    labels(
      `${at(path)}: «${title}» er trukket tilbake.`,
      `${at(path)}: «${title}» er trekt tilbake.`,
      `${at(path)}: “${title}” has been retracted.`,
    ),
    labels(
      'Vis til en annen sak, eller trekk først tilbake tilbaketrekkingen med retractEntry.',
      'Vis til ei anna sak, eller trekk først tilbake tilbaketrekkinga med retractEntry.',
      'Name another item, or first retract the retraction with retractEntry.',
    ),
    { candidates: [item], allowed: ['retractEntry'] },
  );

export const itemRetracted = (item: ItemId): Refusal =>
  refuse(
    'ITEM_RETRACTED',
    labels('Saken er trukket tilbake.', 'Saka er trekt tilbake.', 'The item has been retracted.'),
    labels(
      'Skal den gjelde igjen, trekk tilbake selve tilbaketrekkingen med retractEntry.',
      'Skal ho gjelde igjen, trekk tilbake sjølve tilbaketrekkinga med retractEntry.',
      'If it is to stand again, retract the retraction itself with retractEntry.',
    ),
    { candidates: [item], allowed: ['retractEntry'] },
  );

export const itemExists = (item: ItemId): Refusal =>
  refuse(
    'ITEM_EXISTS',
    labels('Denne saken finnes fra før.', 'Denne saka finst frå før.', 'This item exists already.'),
    labels('Bruk en ny commandId for en ny sak.', 'Bruk ein ny commandId for ei ny sak.', 'Use a new commandId for a new item.'),
    { candidates: [item] },
  );

export const ringOfLinks = (relation: Relation, source: ItemId, target: ItemId): Refusal =>
  refuse(
    'CYCLE',
    labels(
      `Lenken «${RELATION_LABELS[relation].nb}» ville gå i ring: den andre saken fører alt tilbake til denne.`,
      `Lenkja «${RELATION_LABELS[relation].nn}» ville gå i ring: den andre saka fører alt tilbake til denne.`,
      `The link “${RELATION_LABELS[relation].en}” would close a ring: the other item already leads back to this one.`,
    ),
    labels(
      'Fjern lenken som går motsatt vei med unlink først, eller snu retningen.',
      'Fjern lenkja som går motsett veg med unlink først, eller snu retninga.',
      'First remove the link that runs the other way with unlink, or turn this one around.',
    ),
    { candidates: [source, target], allowed: ['unlink'] },
  );

export const contradictsLater = (item: ItemId, entries: readonly string[]): Refusal => {
  const list = entries.join(', ');
  return refuse(
    'CONTRADICTS_LATER',
    labels(
      `Dette kan ikke stå foran det som alt er ført senere på saken: ${list}.`,
      `Dette kan ikkje stå framfor det som alt er ført seinare på saka: ${list}.`,
      `This cannot stand before what is already recorded later on the item: ${list}.`,
    ),
    labels(
      'Se på de nevnte oppføringene. Rett eller trekk tilbake dem som er feil, eller oppgi en annen dato.',
      'Sjå på dei nemnde oppføringane. Rett eller trekk tilbake dei som er feil, eller oppgi ein annan dato.',
      'Look at the entries named. Correct or retract those that are wrong, or give another date.',
    ),
    { candidates: [item], allowed: ['correctEntry', 'retractEntry'] },
  );
};

export const alreadyErased = (): Refusal =>
  refuse(
    'PERSON_ERASED',
    labels(
      'Navnet til denne personen er alt slettet, etter en tidligere beslutning.',
      'Namnet til denne personen er alt sletta, etter ei tidlegare avgjerd.',
      'The name of this person has already been erased, by an earlier decision.',
    ),
    labels(
      'Det er ikke mer å gjøre. Grunnlaget og hvem som bestemte det, står under erasures.',
      'Det er ikkje meir å gjere. Grunnlaget og kven som avgjorde det, står under erasures.',
      'There is nothing more to do. The legal basis and who decided stand in erasures.',
    ),
  );

export const unknownPerson = (): Refusal =>
  refuse(
    'UNKNOWN_PERSON',
    labels('Det finnes ingen person med denne id-en.', 'Det finst ingen person med denne id-en.', 'There is no person with this id.'),
    labels(
      'Utelat id-en: da blir personen funnet på navnet, eller registrert som ny.',
      'Utelat id-en: då blir personen funnen på namnet, eller registrert som ny.',
      'Leave the id out: the person is then found by name, or registered as new.',
    ),
  );

export const appendTooLarge = (bytes: number, limit: number): Refusal =>
  refuse(
    'TOO_LARGE',
    labels(
      `Oppføringen er på ${bytes} byte, og grensen er ${limit}.`,
      `Oppføringa er på ${bytes} byte, og grensa er ${limit}.`,
      `The entry holds ${bytes} bytes, and the limit is ${limit}.`,
    ),
    labels(
      'Del den opp: før hoveddelen først, og legg til resten med egne kommandoer.',
      'Del henne opp: før hovuddelen først, og legg til resten med eigne kommandoar.',
      'Divide it: record the main part first, and add the rest with commands of their own.',
    ),
  );

export const streamFull = (item: ItemId, limit: number): Refusal =>
  refuse(
    'TOO_MANY_ENTRIES',
    labels(
      `En sak kan ha høyst ${limit} oppføringer.`,
      `Ei sak kan ha høgst ${limit} oppføringar.`,
      `An item can have at most ${limit} entries.`,
    ),
    labels(
      'Registrer det nye som en egen sak og lenk de to sammen.',
      'Registrer det nye som ei eiga sak og lenk dei to saman.',
      'Record what is new as an item of its own and link the two.',
    ),
    { candidates: [item], allowed: ['link'] },
  );

export const busy = (): Refusal =>
  refuse(
    'BUSY',
    labels(
      'Mange fører på denne saken samtidig, og denne kommandoen slapp ikke til.',
      'Mange fører på denne saka samtidig, og denne kommandoen slapp ikkje til.',
      'Many are recording on this item at once, and this command did not get its turn.',
    ),
    sendAgain,
  );

/** `outcome` as the store tells it: `unknown` means that it may stand in the log all the same. */
export const unavailable = (outcome: 'not-written' | 'unknown'): Refusal =>
  refuse(
    'UNAVAILABLE',
    outcome === 'unknown'
      ? labels(
          'Lageret svarte ikke, og det er uvisst om dette ble ført.',
          'Lageret svarte ikkje, og det er uvisst om dette vart ført.',
          'The store did not answer, and it is not known whether this was recorded.',
        )
      : labels(
          'Lageret kan ikke ta imot nå. Ingenting er ført.',
          'Lageret kan ikkje ta imot no. Ingenting er ført.',
          'The store cannot take writes now. Nothing has been recorded.',
        ),
    sendAgain,
  );
