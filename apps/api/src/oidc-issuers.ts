import { isIssuerUrl, isKeyUrl, TOKEN_ALGORITHMS, TOKEN_BYTES_MAX, type TrustedIssuer } from '@saksgang/access';
import { z } from 'zod';

const ISSUERS_MAX = 16; // issuers of one record
const DAY_S = 86_400;

const word = z.string('a text').min(1, 'a text that is not empty').max(500, 'at most 500 characters');
const role = z.enum(['public', 'steering', 'secretariat', 'auditor', 'admin'], 'public, steering, secretariat, auditor or admin');
const whole = (least: number, most: number, unit: string) =>
  z.int(`a whole number of ${unit}`).min(least, `at least ${least} ${unit}`).max(most, `at most ${most} ${unit}`);

/** One issuer as it is written; every member that it does not have is refused, for it would be ignored. */
const issuer = z
  .strictObject({
    issuer: word.refine(isIssuerUrl, 'an https address without query, as its tokens have it in iss (http only on this machine)'),
    audiences: z.array(word, 'a list of what aud may be').min(1, 'at least one audience').max(20, 'at most 20 audiences'),
    algorithms: z
      .array(z.enum(TOKEN_ALGORITHMS, `one of ${TOKEN_ALGORITHMS.join(', ')}`), 'a list of algorithms')
      .min(1, 'at least one algorithm'),
    jwksUri: word.optional(),
    roleClaim: z.union([word, z.array(word).min(1).max(8)], 'the name of a claim, or the path to it as a list of names'),
    roles: z
      .record(word, role, 'values of the role claim, each with its role')
      .refine((map) => Object.keys(map).length > 0, 'at least one value with its role'),
    nameClaim: word.optional(),
    actorKind: z.enum(['PERSON', 'MACHINE'], 'PERSON or MACHINE').default('PERSON'),
    typ: word.default('at+jwt'),
    clockToleranceSeconds: whole(0, 300, 'seconds').default(5),
    lifetimeSecondsMax: whole(60, 30 * DAY_S, 'seconds').default(DAY_S),
    maxTokenBytes: whole(256, TOKEN_BYTES_MAX, 'bytes').default(TOKEN_BYTES_MAX),
  })
  .refine((one) => one.jwksUri === undefined || isKeyUrl(one.jwksUri, one.issuer), {
    path: ['jwksUri'],
    error: 'an https address',
    // What is wrong with the issuer is said of the issuer.
    when: ({ value }) => typeof (value as { issuer?: unknown }).issuer === 'string' && isIssuerUrl((value as { issuer: string }).issuer),
  })
  .transform(({ jwksUri, nameClaim, roleClaim, maxTokenBytes, ...rest }): TrustedIssuer => ({
    ...rest,
    jwksUri: jwksUri ?? null,
    nameClaim: nameClaim ?? null,
    roleClaim: typeof roleClaim === 'string' ? [roleClaim] : roleClaim,
    tokenBytesMax: maxTokenBytes,
  }));

const issuers = z
  .array(issuer, 'a list of issuers')
  .max(ISSUERS_MAX, `at most ${ISSUERS_MAX} issuers`)
  .refine((all) => new Set(all.map((one) => one.issuer)).size === all.length, 'a list that names each issuer once');

/** The setting as text → the issuers that are believed; each fault says where it stands. */
export const OIDC_ISSUERS = z
  .string()
  .default('[]')
  .transform((text, context): readonly TrustedIssuer[] => {
    const fail = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return fail('JSON: a list of issuers');
    }
    const parsed = issuers.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) fail(path.length === 0 ? message : `at ${path.join('.')}: ${message}`);
    return z.NEVER;
  })
  .describe('issuers of access tokens that are believed, as a JSON list; see «Who may what»');
