import { createHash } from 'node:crypto';
import { type Actor, type Box, type Clock, type Random, type Sealer } from '@saksgang/kernel';
import { uuidV4 } from '@saksgang/record';
import type { AccessRows } from './access-rows.js';
import type { TokenHolder } from './tokens.js';

type Deps = Readonly<{ rows: AccessRows; sealer: Sealer; clock: Clock; random: Random }>;

/** One actor for each issuer and subject, for ever: entries name it. Several processes may see somebody first at the same time. */
export const createTokenActors = ({ rows, sealer, clock, random }: Deps): ((holder: TokenHolder) => Promise<Actor>) => {
  const firstSight = async ({ role, actorKind, name }: TokenHolder, digest: Uint8Array): Promise<void> => {
    const uuid = uuidV4(random);
    // A machine's name would be told in the clear; a token does not say which names are whose, so every name is sealed.
    const box: Box | null = name === null ? null : await sealer.box(uuid, await sealer.commit({ unsealed: name, person: null }));
    await rows.insertTokenActor({ actor: `actor-${uuid}`, digest, role, actorKind, box, createdAt: clock.now() });
  };
  return async (holder) => {
    const { role, actorKind } = holder;
    const digest = digestOf(holder);
    if ((await rows.tokenActorByDigest(digest)) === null) await firstSight(holder, digest);
    const row = await rows.tokenActorByDigest(digest);
    if (row === null) throw new Error('the actor just made is not there');
    if (row.role !== role || row.actorKind !== actorKind) await rows.setTokenRole(row.actor, role, actorKind);
    return { id: row.actor, role, actorKind };
  };
};

/** The subject may be a person's own: what is kept is enough to know it again, and no list of who has been here. */
const digestOf = ({ issuer, subject }: TokenHolder): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([issuer, subject]), 'utf8')
    .digest();
