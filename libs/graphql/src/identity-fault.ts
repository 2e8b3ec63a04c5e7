import { noCredential, type IdentityRefused } from '@saksgang/access';
import { forbiddenToRead } from '@saksgang/commanding';
import type { Locale, Refusal, Role } from '@saksgang/kernel';
import { GraphQLError } from 'graphql';

type Shown = Readonly<{ status: number; headers: Readonly<Record<string, string>> }>;

/** Why nothing is answered to whoever asks so, with what an answer over HTTP says beside it (RFC 6750). */
export class IdentityFault extends GraphQLError {
  constructor(
    { code, message, whatToDo }: Pick<Refusal, 'code' | 'message' | 'whatToDo'>,
    locale: Locale,
    readonly shown: Shown,
    retryAfterMs: number | null = null,
  ) {
    super(`${message[locale]} ${whatToDo[locale]}`, {
      extensions: { code, whatToDo: whatToDo[locale], ...(retryAfterMs === null ? {} : { retryAfterMs }) },
    });
  }
}

const REALM = 'Bearer realm="saksgang"';
/** A quoted string of a header: ASCII without quotes. */
const quotable = (text: string): string => text.replace(/[^\x20-\x7e]|["\\]/g, "'");

export const identityFault = ({ refusal, status, error, retryAfterMs }: IdentityRefused, locale: Locale): IdentityFault => {
  const challenge = `${REALM}, error="${error}", error_description="${quotable(refusal.message.en)}"`;
  const headers =
    retryAfterMs === null ? { 'www-authenticate': challenge } : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) };
  return new IdentityFault(refusal, locale, { status, headers }, retryAfterMs);
};

/** Nobody may do this. */
export const unidentified = (locale: Locale): IdentityFault =>
  new IdentityFault(noCredential(), locale, { status: 401, headers: { 'www-authenticate': REALM } });

/** Who asks is known, and may not see this. `may`: who may. */
export const forbiddenFault = (may: readonly Role[], role: Role, locale: Locale): IdentityFault =>
  new IdentityFault(forbiddenToRead(role, may), locale, {
    status: 403,
    headers: { 'www-authenticate': `${REALM}, error="insufficient_scope"` },
  });

/** The status and headers of an answer that holds nothing but this; null: as any other. */
export const shownBeside = (error: GraphQLError): Shown | null => (error instanceof IdentityFault ? error.shown : null);
