import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toBase64, type Disclosure as DisclosureBelow } from '@saksgang/record';
import type { Recording, Trouble } from '@saksgang/recording';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import { inLanguage } from '../language.js';
import type { ConnectionSource } from '../sources.js';
import { Takes } from '../takes.js';
import { ForwardArgs, LocaleArg } from './arguments.types.js';
import { numberedPage } from './numbered-page.js';
import { checkpointSource, mustHold, proofOf, sealedOf, storedEntry, type CheckpointSource, type ProofSource } from './proof.js';
import {
  Checkpoint,
  CheckpointConnection,
  ClosedValue,
  ConsistencyArgs,
  ConsistencyProof,
  Disclosure,
  InclusionArgs,
  InclusionProof,
  Record,
  RecordProblem,
  Verification,
} from './record.types.js';

type RecordSource = Readonly<{ origin: string | null; key: string | null; recording: Recording }>;
type VerificationSource = Readonly<{
  state: string;
  verifiedAt: string | null;
  size: number;
  checkpoints: number;
  problem: Trouble | null;
  signer: string;
  stopped: Trouble | null;
}>;

@Resolver(() => Record)
export class RecordResolver {
  @Query(() => Record, { description: 'Checkpoints and proofs: that nothing was changed or removed, without trusting us (etterprøving).' })
  async record(_root: unknown, _args: unknown, { recording }: RequestContext): Promise<RecordSource> {
    const origin = await recording.origin();
    return { origin: origin?.name ?? null, key: origin?.key ?? null, recording };
  }

  @ResolveField(() => Checkpoint, { description: 'The newest.' })
  async checkpoint({ recording }: RecordSource): Promise<CheckpointSource> {
    const newest = await recording.checkpoint();
    if (newest === null) throw notSigned();
    return checkpointSource(newest);
  }

  @ResolveField(() => CheckpointConnection, { description: 'All that were ever signed, those of earlier origins included; newest first.' })
  @Takes(ForwardArgs)
  async checkpoints({ recording }: RecordSource, page: ForwardArgs, context: RequestContext): Promise<ConnectionSource<CheckpointSource>> {
    return numberedPage(page, context, {
      before: async (number, limit) => (await recording.checkpointsBefore(number, limit)).map(checkpointSource),
      count: () => recording.checkpointCount(),
    });
  }

  @ResolveField(() => InclusionProof, { description: 'That an entry stands in the record.' })
  @Takes(InclusionArgs)
  async inclusionProof(_record: RecordSource, { entry, size }: InclusionArgs, context: RequestContext): Promise<ProofSource> {
    const stored = await storedEntry(context, entry);
    if (stored === null) throw fault('UNKNOWN_ENTRY', 'There is no entry of this id. Use the id of an Entry, `<item>@<revision>`.', {});
    const proof = await proofOf(context, stored, size ?? null);
    if (proof === null) throw notSigned();
    return proof;
  }

  @ResolveField(() => ConsistencyProof, { description: 'That nothing before a checkpoint was changed or removed since.' })
  @Takes(ConsistencyArgs)
  async consistencyProof({ recording }: RecordSource, { from, to }: ConsistencyArgs): Promise<ConsistencyProof> {
    const max = (await recording.checkpoint())?.size ?? 0;
    if (from < 0 || from > to || to > max) {
      throw fault('BAD_TREE_SIZE', `Sizes go from 0 to ${max}, the newest checkpoint’s, and the older one stands first.`, { min: 0, max });
    }
    await mustHold(recording, to);
    return { from, to, hashes: recording.consistency(from, to).map(toBase64) };
  }

  @ResolveField(() => Verification, { description: 'The service’s own last check.' })
  verification({ recording }: RecordSource): VerificationSource {
    const { state, at, size, checkpoints, trouble } = recording.verification();
    const signer = recording.signer();
    return { state, verifiedAt: at, size, checkpoints, problem: trouble, signer: signer.state, stopped: signer.trouble };
  }
}

@Resolver(() => InclusionProof)
export class InclusionProofResolver {
  @ResolveField()
  async leaf({ leaf, stored }: ProofSource, _args: unknown, context: RequestContext): Promise<string | null> {
    if (leaf !== null && stored !== null) await context.noteStored(stored.stream);
    return leaf;
  }

  @ResolveField(() => [Disclosure], { description: 'For each sealed value that this reader may see, how to check it.' })
  async disclosures({ stored }: ProofSource, _args: unknown, context: RequestContext): Promise<readonly DisclosureBelow[]> {
    const disclosed = (await sealedOf(stored, context)).flatMap(({ opened }) => (typeof opened === 'string' ? [] : [opened]));
    if (stored !== null && disclosed.length > 0) await context.notePersonal(stored.stream);
    return disclosed;
  }

  @ResolveField(() => [ClosedValue], { description: 'Sealed values that stay closed, and why.' })
  async closed(
    { stored }: ProofSource,
    _args: unknown,
    context: RequestContext,
  ): Promise<readonly Readonly<{ sealed: string; why: string }>[]> {
    return (await sealedOf(stored, context)).flatMap(({ sealed, opened }) => (typeof opened === 'string' ? [{ sealed, why: opened }] : []));
  }
}

@Resolver(() => RecordProblem)
export class RecordProblemResolver {
  @ResolveField(() => String, { description: 'What is wrong.' })
  @Takes(LocaleArg)
  message({ message }: Trouble, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(message, locale, context.locale);
  }

  @ResolveField(() => String, { description: 'What to do about it.' })
  @Takes(LocaleArg)
  whatToDo({ whatToDo }: Trouble, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(whatToDo, locale, context.locale);
  }
}

const notSigned = (): Error =>
  fault(
    'NOT_SIGNED_YET',
    'No checkpoint covers this yet. Ask again in a minute; record { verification { signer stopped { message } } } tells if none will.',
  );
