import { TITLE_BYTES_MAX, labels, refuse, type Labels, type Refusal } from '@saksgang/kernel';
import { ROLES } from './system-actors.js';

const CONTROL_OR_HALF = /[\p{Cc}\p{Cs}]/u;

/** What is wrong with the name of a key's holder, or null. */
export const faultInName = (name: string): Labels | null => {
  if (name === '') return labels('Navnet er tomt.', 'Namnet er tomt.', 'The name is empty.');
  if (CONTROL_OR_HALF.test(name)) {
    return labels(
      'Navnet har kontrolltegn eller halve tegn i seg.',
      'Namnet har kontrollteikn eller halve teikn i seg.',
      'The name holds control characters or halves of characters.',
    );
  }
  if (Buffer.byteLength(name, 'utf8') <= TITLE_BYTES_MAX) return null;
  return labels(
    `Navnet er på mer enn ${TITLE_BYTES_MAX} byte.`,
    `Namnet er på meir enn ${TITLE_BYTES_MAX} byte.`,
    `The name holds more than ${TITLE_BYTES_MAX} bytes.`,
  );
};

export const badKeyName = (fault: Labels): Refusal =>
  refuse(
    'BAD_KEY_NAME',
    fault,
    labels(
      'Oppgi navnet på personen eller maskinen som skal bruke nøkkelen, på én linje.',
      'Oppgi namnet på personen eller maskina som skal bruke nøkkelen, på éi linje.',
      'Give the name of the person or the machine that will use the key, on one line.',
    ),
  );

export const badRole = (): Refusal => {
  const roles = ROLES.join(', ');
  return refuse(
    'BAD_ROLE',
    labels('Det finnes ingen slik rolle.', 'Det finst inga slik rolle.', 'There is no such role.'),
    labels(`Bruk en av disse: ${roles}.`, `Bruk ei av desse: ${roles}.`, `Use one of these: ${roles}.`),
  );
};

export const badActorKind = (): Refusal =>
  refuse(
    'BAD_ACTOR_KIND',
    labels(
      'En nøkkel er for en person eller en maskin.',
      'Ein nøkkel er for ein person eller ei maskin.',
      'A key is for a person or a machine.',
    ),
    labels(
      'Bruk PERSON for et menneske (navnet blir forseglet) eller MACHINE for et system.',
      'Bruk PERSON for eit menneske (namnet blir forsegla) eller MACHINE for eit system.',
      'Use PERSON for a human being (the name is sealed) or MACHINE for a system.',
    ),
  );

export const unknownKey = (): Refusal =>
  refuse(
    'UNKNOWN_API_KEY',
    labels('Det finnes ingen nøkkel med denne id-en.', 'Det finst ingen nøkkel med denne id-en.', 'There is no key with this id.'),
    labels(
      'Finn id-en med «key list». Det er id-en som begynner med key-, ikke selve nøkkelen.',
      'Finn id-en med «key list». Det er id-en som tek til med key-, ikkje sjølve nøkkelen.',
      'Find the id with «key list». It is the id that starts with key-, not the key itself.',
    ),
  );

export const badExpiry = (daysMax: number): Refusal =>
  refuse(
    'BAD_KEY_EXPIRY',
    labels(
      'Dette er ingen dag nøkkelen kan gjelde til.',
      'Dette er ingen dag nøkkelen kan gjelde til.',
      'This is no day until which the key can be good.',
    ),
    labels(
      `Oppgi den siste dagen den skal gjelde, slik: 2027-01-01, eller et antall døgn, slik: 90d. Høyst ${daysMax} dager fram.`,
      `Oppgi den siste dagen han skal gjelde, slik: 2027-01-01, eller eit tal på døgn, slik: 90d. Høgst ${daysMax} dagar fram.`,
      `Give the last day on which it is good, as 2027-01-01, or a number of days, as 90d. At most ${daysMax} days ahead.`,
    ),
  );

export const badScope = (): Refusal =>
  refuse(
    'BAD_KEY_SCOPE',
    labels('Nøkkelen kan ikke begrenses slik.', 'Nøkkelen kan ikkje avgrensast slik.', 'A key cannot be limited so.'),
    labels(
      'Oppgi «read» alene for en nøkkel som bare leser, eller navnene på kommandoene den er for, slik de står i skjemaet. Alle nøkler kan lese.',
      'Oppgi «read» åleine for ein nøkkel som berre les, eller namna på kommandoane han er for, slik dei står i skjemaet. Alle nøklar kan lese.',
      'Give «read» alone for a key that only reads, or the names of the commands it is for, as they stand in the schema. Every key may read.',
    ),
  );
