import type { Submission } from '@saksgang/commanding';
import { ReadProblem } from '@saksgang/projections';
import { requireActor, type RequestContext } from '../context.js';
import { cannotLookUp, invalid, notCaughtUp, outcomeSource, refused, type OutcomeSource } from '../outcome.js';
import type { CommandInput } from './command.types.js';
import { createGiven, type Given } from './given.js';

/** A command before its envelope: which kind's, which one, on which item (null: founding), with what fields of its own. */
export type Command = Readonly<Pick<Submission, 'kind' | 'type' | 'item'> & { data: Readonly<Record<string, unknown>> }>;
export type Input<I> = Readonly<{ input: I }>;

/** What the envelope of a command takes from its input; `CorrectEntry` and `EstablishDate` keep some of it for themselves. */
type Envelope = Pick<Submission, 'occurred' | 'assertedBy' | 'source' | 'reason'>;

const envelopeOf = async (given: Given, input: CommandInput): Promise<Envelope> => ({
  occurred: given.dateOrNull(input.occurred, ['input', 'occurred']),
  assertedBy: await given.partyOrNull(input.assertedBy, ['input', 'assertedBy']),
  source: await given.source(input.source, ['input', 'source']),
  reason: input.reason ?? null,
});

/**
 * One mutation: reads the input, submits, and answers data whatever comes of it. Only a missing actor or a fault of the machine is an error.
 * @throws UNAUTHENTICATED
 */
export const record = async (
  context: RequestContext,
  input: CommandInput,
  command: (given: Given) => Promise<Command>,
  envelope: (given: Given, input: CommandInput) => Promise<Envelope> = envelopeOf,
): Promise<OutcomeSource> => {
  const actor = requireActor(context);
  try {
    const given = createGiven(context);
    const own = await command(given);
    const around = await envelope(given, input);
    if (given.issues.length > 0) return invalid(given.issues);
    const refusal = given.refusals[0];
    if (refusal !== undefined) return refused(refusal);
    const submission = {
      actor,
      ...own,
      ...around,
      commandId: input.commandId,
      expectedRevision: input.expectedRevision ?? null,
    };
    return outcomeSource(await context.submit(submission));
  } catch (error) {
    // Looking a reference up may find the read models behind or stopped. Nothing has been submitted then, so it is a refusal like any other.
    if (error instanceof ReadProblem && error.code === 'PROJECTION_BEHIND') return notCaughtUp();
    if (error instanceof ReadProblem && error.code === 'PROJECTION_STOPPED') return cannotLookUp();
    throw error;
  }
};
