import { labels, refuse, type Labels, type Refusal } from '@saksgang/kernel';
import type { TokenFlaw } from './tokens.js';

/** Why a credential was not taken. One place, so that the three languages stay in step; none quotes what was sent. */

const UNAUTHENTICATED = 'UNAUTHENTICATED';

const sendOne = labels(
  'Send én nøkkel, i feltet «Authorization: Bearer sk_…», eller ingen for å lese det som er åpent.',
  'Send éin nøkkel, i feltet «Authorization: Bearer sk_…», eller ingen for å lese det som er ope.',
  'Send one key, in the header «Authorization: Bearer sk_…», or none to read what is open.',
);
const askForNew = labels(
  'Be administrator om en ny nøkkel, og send den slik: «Authorization: Bearer sk_…».',
  'Be administrator om ein ny nøkkel, og send han slik: «Authorization: Bearer sk_…».',
  'Ask the administrator for a new key, and send it so: «Authorization: Bearer sk_…».',
);
const signInAgain = labels(
  'Logg inn på nytt og send det nye tilgangstokenet, eller bruk en nøkkel: «Authorization: Bearer sk_…».',
  'Logg inn på nytt og send det nye tilgangstokenet, eller bruk ein nøkkel: «Authorization: Bearer sk_…».',
  'Sign in again and send the new access token, or use a key: «Authorization: Bearer sk_…».',
);

const unauthenticated = (message: Labels, whatToDo: Labels): Refusal => refuse(UNAUTHENTICATED, message, whatToDo);

export const noCredential = (): Refusal =>
  unauthenticated(
    labels('Dette krever en nøkkel.', 'Dette krev ein nøkkel.', 'This takes a key.'),
    labels(
      'Send den i feltet «Authorization: Bearer sk_…».',
      'Send han i feltet «Authorization: Bearer sk_…».',
      'Send it in the header «Authorization: Bearer sk_…».',
    ),
  );
export const malformedCredential = (): Refusal =>
  unauthenticated(
    labels('Det som ble sendt, er ingen nøkkel.', 'Det som vart sendt, er ingen nøkkel.', 'What was sent is no key.'),
    sendOne,
  );
export const severalCredentials = (): Refusal =>
  unauthenticated(
    labels(
      'Det ble sendt flere nøkler i én forespørsel.',
      'Det vart sendt fleire nøklar i éin førespurnad.',
      'More than one key was sent in one request.',
    ),
    sendOne,
  );
export const credentialInUrl = (): Refusal =>
  unauthenticated(
    labels(
      'Nøkkelen ble sendt i adressen, der andre kan få se den. Regn den som kjent for andre, og få den tilbakekalt.',
      'Nøkkelen vart send i adressa, der andre kan få sjå han. Rekn han som kjend for andre, og få han kalla tilbake.',
      'The key was sent in the address, where others may come to see it. Take it for known to others, and have it revoked.',
    ),
    sendOne,
  );
export const keyUnknown = (): Refusal =>
  unauthenticated(labels('Nøkkelen er ukjent.', 'Nøkkelen er ukjend.', 'The key is not known.'), askForNew);
export const keyRevoked = (): Refusal =>
  unauthenticated(labels('Nøkkelen er tilbakekalt.', 'Nøkkelen er kalla tilbake.', 'The key has been revoked.'), askForNew);
export const keyExpired = (): Refusal =>
  unauthenticated(labels('Nøkkelen er utløpt.', 'Nøkkelen er gått ut.', 'The key has expired.'), askForNew);

/** What is told is what its holder can act on; the rest is in the log. */
export const tokenRefused = (fault: Exclude<TokenFlaw, 'NO_ROLE'>): Refusal => {
  if (fault === 'EXPIRED')
    return unauthenticated(
      labels('Tilgangstokenet er utløpt.', 'Tilgangstokenet er gått ut.', 'The access token has expired.'),
      signInAgain,
    );
  if (fault === 'NOT_YET')
    return unauthenticated(
      labels('Tilgangstokenet gjelder ikke ennå.', 'Tilgangstokenet gjeld ikkje enno.', 'The access token is not valid yet.'),
      labels(
        'Kontroller at klokken hos utstederen går riktig, og logg inn på nytt, eller bruk en nøkkel: «Authorization: Bearer sk_…».',
        'Kontroller at klokka hos utstedaren går rett, og logg inn på nytt, eller bruk ein nøkkel: «Authorization: Bearer sk_…».',
        'Check that the issuer’s clock is right, and sign in again, or use a key: «Authorization: Bearer sk_…».',
      ),
    );
  return unauthenticated(
    labels('Tilgangstokenet ble ikke godtatt.', 'Tilgangstokenet vart ikkje godteke.', 'The access token was not accepted.'),
    signInAgain,
  );
};

export const noRole = (): Refusal =>
  refuse(
    'FORBIDDEN',
    labels(
      'Tilgangstokenet er gyldig, men gir ingen rolle her.',
      'Tilgangstokenet er gyldig, men gir inga rolle her.',
      'The access token is good, but it gives no role here.',
    ),
    labels(
      'Be administrator om en rolle, eller spør uten token for å lese det som er åpent.',
      'Be administrator om ei rolle, eller spør utan token for å lese det som er ope.',
      'Ask the administrator for a role, or ask without a token to read what is open.',
    ),
  );

export const keysUnavailable = (): Refusal =>
  refuse(
    'IDENTITY_UNAVAILABLE',
    labels(
      'Databasen med nøkler og brukere svarer ikke, så det er uvisst hvem som spør. Ingenting er lest eller ført.',
      'Databasen med nøklar og brukarar svarer ikkje, så det er uvisst kven som spør. Ingenting er lese eller ført.',
      'The database of keys and actors does not answer, so it is not known who asks. Nothing has been read or recorded.',
    ),
    labels('Vent litt og prøv igjen.', 'Vent litt og prøv igjen.', 'Wait a little and try again.'),
  );

export const identityUnavailable = (): Refusal =>
  refuse(
    'IDENTITY_UNAVAILABLE',
    labels(
      'Utstederen av tilgangstokenet svarer ikke, så det er uvisst hvem som spør. Ingenting er lest eller ført.',
      'Utstedaren av tilgangstokenet svarer ikkje, så det er uvisst kven som spør. Ingenting er lese eller ført.',
      'The issuer of the access token does not answer, so it is not known who asks. Nothing has been read or recorded.',
    ),
    labels(
      'Vent litt og prøv igjen, eller bruk en nøkkel: «Authorization: Bearer sk_…».',
      'Vent litt og prøv igjen, eller bruk ein nøkkel: «Authorization: Bearer sk_…».',
      'Wait a little and try again, or use a key: «Authorization: Bearer sk_…».',
    ),
  );
