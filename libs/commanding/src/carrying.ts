import type { Draft } from '@saksgang/event-store';
import { isSealed, PersonErased, type Entry, type Sealed, type Sealer, type Secret } from '@saksgang/kernel';
import { openBeside, sealedIn, type Boxes } from './sealed-values.js';
import type { Entries } from './streams.js';

type Carrying = Boxes & Readonly<{ sealer: Pick<Sealer, 'commit' | 'open'> }>;
type Secrets = ReadonlyMap<string, Secret | null>;
export type Carried = Readonly<{ drafts: readonly Draft[]; secrets: Secrets }>;

/**
 * A correction says again what the one before it said, names of persons included. A box opens for one entry only, so such a name is
 * committed to anew; one that has been erased stands on as it was, with nothing that opens it (null).
 * `own`: of the names that the command itself gives.
 */
export const withCarriedNames = async (carrying: Carrying, entries: Entries, drafts: readonly Draft[], own: Secrets): Promise<Carried> => {
  const carried = sealedIn(drafts.map(saidBy)).filter(({ sealed }) => !own.has(sealed));
  if (carried.length === 0) return { drafts, secrets: own };
  const secrets = new Map(own);
  const anew = new Map<string, Sealed>();
  for (const sealed of carried) {
    if (secrets.has(sealed.sealed) || anew.has(sealed.sealed)) continue;
    const secret = await commitAnew(carrying, entries, sealed);
    secrets.set(secret?.handle.sealed ?? sealed.sealed, secret);
    if (secret !== null) anew.set(sealed.sealed, secret.handle);
  }
  return { drafts: drafts.map((draft) => ({ ...draft, ...(replaced(saidBy(draft), anew) as ReturnType<typeof saidBy>) })), secrets };
};

const saidBy = ({ assertedBy, event }: Pick<Entry, 'assertedBy' | 'event'>) => ({ assertedBy, event });

const commitAnew = async (carrying: Carrying, entries: Entries, sealed: Sealed): Promise<Secret | null> => {
  const source = entries.findLast((entry) => sealedIn(saidBy(entry)).some((one) => one.sealed === sealed.sealed));
  if (source === undefined) throw new Error(`a name of ${sealed.person} is carried on from no entry`);
  const opened = await openBeside(carrying, source, sealed);
  if (opened.state !== 'SHOWN') return null;
  try {
    return await carrying.sealer.commit({ unsealed: opened.value, person: sealed.person });
  } catch (fault) {
    if (fault instanceof PersonErased) return null;
    throw fault;
  }
};

const replaced = (value: unknown, anew: ReadonlyMap<string, Sealed>): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isSealed(value)) return anew.get(value.sealed) ?? value;
  if (Array.isArray(value)) return value.map((element) => replaced(element, anew));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member, anew)]));
};
