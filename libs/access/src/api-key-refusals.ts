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
