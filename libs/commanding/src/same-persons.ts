import type { Entry, Sealed, Sealer } from '@saksgang/kernel';
import { openBeside, sealedIn, unsealedIn, type Boxes } from './sealed-values.js';
import type { Work } from './understanding.js';

type Asking = Boxes & Readonly<{ sealer: Pick<Sealer, 'find' | 'open'> }>;
type Standing = Readonly<{ sealed: Sealed; entry: Entry }>;

/**
 * Does the command name the persons that its entries name? Asked when id and digest of the command are those of the entries: the
 * digest counts the places of names, and says nothing of a name without an id. Entries may name more than the command did (a
 * correction carries on what the one before it said), so the command's persons are looked for in their order. Nobody can tell any
 * more whose name an erased one was: it is taken for the right one.
 */
export const namesTheSamePersons = async (asking: Asking, work: Work, entries: readonly Entry[]): Promise<boolean> => {
  const names = unsealedIn([work.envelope, work.data]);
  const standing = entries.flatMap(standingIn);
  let at = 0;
  for (const { unsealed, person } of names) {
    const meant = person ?? (await asking.sealer.find(unsealed));
    while (at < standing.length && !(await isOf(asking, standing[at]!, meant))) at += 1;
    if (at === standing.length) return false;
    at += 1;
  }
  return true;
};

/** Who asserts it is said once, and stands in every entry of the command. */
const standingIn = (entry: Entry, ordinal: number): readonly Standing[] =>
  sealedIn([ordinal === 0 ? entry.assertedBy : null, entry.event.data]).map((sealed) => ({ sealed, entry }));

const isOf = async (asking: Asking, { sealed, entry }: Standing, person: string | null): Promise<boolean> =>
  sealed.person === person || (await openBeside(asking, entry, sealed)).state === 'ERASED';
