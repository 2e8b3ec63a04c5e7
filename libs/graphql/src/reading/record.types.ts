import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { SignerState, Verification as VerificationBelow } from '@saksgang/recording';
import { enumType } from '../enum-type.js';
import { SealedStateEnum } from '../enums.js';
import { GraphQLInstant } from '../scalars.js';
import { connectionOf } from './page.types.js';

export const VerificationStateEnum = enumType<VerificationBelow['state']>('VerificationState', 'What the last verification found.', {
  PENDING: 'The first one since the start has not ended (pågår).',
  VERIFIED: 'Every entry and every checkpoint is as it was (bekreftet).',
  FAILED: 'Something is not as it was: see `problem` (ikke bekreftet).',
});

export const SignerStateEnum = enumType<SignerState['state']>('SignerState', 'Whether checkpoints are being signed.', {
  SIGNING: 'Signed as the record grows (signerer).',
  WAITING: 'What was signed before is being verified first (venter).',
  STOPPED: 'Nothing more is signed: see `stopped` (stanset).',
  OFF: 'Another process signs; this one serves what that one signed (av).',
});

@ObjectType({ description: 'A signed statement of what the record holds: so many entries, with this root (sjekkpunkt).' })
export class Checkpoint {
  @Field(() => String, { description: 'C2SP tlog-checkpoint in a signed note: what to keep, and to check against `/record/key`.' })
  note!: string;
  @Field(() => String, { description: 'The name it is signed under. Another name is another, visibly forked record.' }) origin!: string;
  @Field(() => Int, { description: 'Entries.' }) size!: number;
  @Field(() => String, { description: 'RFC 6962 root, base64.' }) root!: string;
  @Field(() => GraphQLInstant, {
    description:
      'When it was signed, by the clock of the server that did. It is not under the signature: that proves what was signed, and a checkpoint you keep proves it stood by the day you fetched it.',
  })
  signedAt!: string;
}
export const CheckpointConnection = connectionOf('Checkpoint', () => Checkpoint);

@ObjectType({ description: 'Opens a sealed value of the leaf: SHA-256 over the domain prefix, the salt and the canonical value (innsyn).' })
export class Disclosure {
  @Field(() => String, { description: 'The commitment, as it stands in the leaf.' }) sealed!: string;
  @Field(() => String, { description: '32 bytes, base64.' }) salt!: string;
  @Field(() => String) value!: string;
}

@ObjectType({ description: 'A sealed value of the leaf that is not opened (ikke åpnet).' })
export class ClosedValue {
  @Field(() => String, { description: 'The commitment, as it stands in the leaf.' }) sealed!: string;
  @Field(() => SealedStateEnum, { description: 'WITHHELD from this reader, or ERASED for ever.' }) why!: string;
}

@ObjectType({ description: 'That an entry stands in the record (bevis for oppføring). Hashes are base64, RFC 6962 with SHA-256.' })
export class InclusionProof {
  @Field(() => Int, { description: 'The entry’s place among all entries, from 0.' }) index!: number;
  @Field(() => Int, { description: 'Entries of the tree it is proven to lie in.' }) size!: number;
  @Field(() => String, { description: 'SHA-256 over 0x00 and the leaf, base64.' }) leafHash!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The canonical bytes that were hashed, base64; null where the reader may not see them.',
  })
  leaf!: string | null;
  @Field(() => [String], { description: 'The audit path, from the leaf up.' }) hashes!: string[];
  @Field(() => Checkpoint, { description: 'Signed for exactly `size` entries, or, where no such is, the next one that was.' })
  checkpoint!: unknown;
}

@ObjectType({ description: 'That the record of `from` entries is the beginning of the record of `to` (bevis for at ingenting er endret).' })
export class ConsistencyProof {
  @Field(() => Int) from!: number;
  @Field(() => Int) to!: number;
  @Field(() => [String], { description: 'RFC 6962 section 2.1.2, base64.' }) hashes!: string[];
}

@ObjectType({ description: 'What is wrong with the record, and what to do (feil).' })
export class RecordProblem {
  @Field(() => String, { description: 'SCREAMING_SNAKE, stable.' }) code!: string;
}

@ObjectType({ description: 'The service’s own last check of the whole log against its hashes and every checkpoint (egenkontroll).' })
export class Verification {
  @Field(() => VerificationStateEnum) state!: string;
  @Field(() => GraphQLInstant, { nullable: true, description: 'When it ended; null before the first.' }) verifiedAt!: string | null;
  @Field(() => Int, { description: 'Entries it read from the log.' }) size!: number;
  @Field(() => Int, { description: 'Signed checkpoints it compared them with.' }) checkpoints!: number;
  @Field(() => RecordProblem, { nullable: true, description: 'What it found.' }) problem!: unknown;
  @Field(() => SignerStateEnum) signer!: string;
  @Field(() => RecordProblem, { nullable: true, description: 'Why nothing more is signed.' }) stopped!: unknown;
}

@ObjectType({ description: 'The record as it can be proven, without trusting us (etterprøving).' })
export class Record {
  @Field(() => String, { nullable: true, description: 'The name checkpoints are signed under; null before the first.' })
  origin!: string | null;
  @Field(() => String, { nullable: true, description: 'The key they are checked with, as at `/record/key` (C2SP signed-note).' })
  key!: string | null;
}

@ArgsType()
export class InclusionArgs {
  @Field(() => ID, { description: 'An entry’s global id.' }) entry!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Entries of the tree to prove it in: the size of a checkpoint you hold. Omitted: the newest, signed anew where need be.',
  })
  size?: number | null;
}

@ArgsType()
export class ConsistencyArgs {
  @Field(() => Int, { description: 'The size of the older checkpoint.' }) from!: number;
  @Field(() => Int, { description: 'The size of the newer one.' }) to!: number;
}
