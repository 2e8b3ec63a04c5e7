import { StoreUnavailable } from '@saksgang/event-store';
import { PersonErased, PersonUnknown, type Sealed, type Sealer, type Secret, type Unsealed } from '@saksgang/kernel';
import type { GivenName } from './given.js';

export type SealedFor = (given: Unsealed) => Sealed;

/** The names of one command. Nothing is sealed until `sealed` is called, and then once. */
export type SealedNames = Readonly<{
  placeholders: () => SealedFor;
  /** @throws PersonErased @throws PersonUnknown for an id that the command gives and nobody knows. */
  sealed: () => Promise<SealedFor>;
  /** By commitment, of what has been sealed. */
  secrets: () => ReadonlyMap<string, Secret>;
}>;

/** Its message says what kind of fault it was, and no more: the fault's own words may hold the name. */
export class SealingFailed extends Error {
  override readonly name = 'SealingFailed';
  constructor(fault: unknown) {
    super(`a name could not be sealed: ${fault instanceof Error ? fault.name : typeof fault}`);
  }
}

export const sealNames = (sealer: Pick<Sealer, 'commit'>, names: readonly GivenName[]): SealedNames => {
  const placeholders = new Map(names.map((name) => [name.given, name.placeholder]));
  const secrets = new Map<string, Secret>();
  const handles = new Map<Unsealed, Sealed>();
  const sealed = async (): Promise<SealedFor> => {
    // One after the other: two new names that are the same one must find the same person.
    for (const { given, name } of names) {
      if (handles.has(given)) continue;
      const secret = await commitTo(sealer, name);
      secrets.set(secret.handle.sealed, secret);
      handles.set(given, secret.handle);
    }
    return (given) => handles.get(given)!;
  };
  return { placeholders: () => (given) => placeholders.get(given)!, sealed, secrets: () => secrets };
};

const commitTo = async (sealer: Pick<Sealer, 'commit'>, name: Unsealed): Promise<Secret> => {
  try {
    return await sealer.commit(name);
  } catch (fault) {
    if (fault instanceof PersonErased || fault instanceof StoreUnavailable) throw fault;
    if (fault instanceof PersonUnknown && fault.person === name.person) throw fault;
    throw new SealingFailed(fault);
  }
};
