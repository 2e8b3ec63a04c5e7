import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse } from 'graphql';

/** A command of the example as it lies in the data files: a mutation's name and its input. */
export type ExampleCommand = Readonly<{ command: string; input: Readonly<Record<string, unknown>> & Readonly<{ commandId: string }> }>;

type Answer = Readonly<{
  data?: Readonly<Record<string, OutcomeGiven>> | null | undefined;
  errors?: readonly Readonly<{ message: string }>[] | undefined;
}>;
type OutcomeGiven = Readonly<{
  __typename: string;
  replayed?: boolean;
  receipt?: Readonly<{ entry: string }>;
  code?: string;
  message?: string;
  whatToDo?: string;
  issues?: readonly Readonly<{ path: readonly string[]; message: string }>[];
}>;
/** Runs a mutation as the example's actor. */
export type RunMutation = (document: DocumentNode, variables: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** Every command of the example, in order: the files by name, the commands as they stand. */
export const readExample = (folder: string): readonly ExampleCommand[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly ExampleCommand[]);

const documentFor = (command: string): DocumentNode => {
  const input = `${command[0]?.toUpperCase() ?? ''}${command.slice(1)}Input`;
  return parse(`mutation Example($input: ${input}!) {
    ${command}(input: $input) {
      __typename
      ... on Recorded { replayed receipt { entry } }
      ... on Problem { code message(locale: EN) whatToDo(locale: EN) }
      ... on Invalid { issues { path message } }
    }
  }`);
};

/**
 * Records the example through the same mutations anyone can use, and publishes every item of it with its history: whoever starts the
 * service reads it without a key. Idempotent: every command has its fixed commandId, so what is already there is answered as replayed
 * and nothing is recorded twice; what was unpublished since stays so.
 * @throws when a command is not recorded, naming it and the reason: the example is wrong then, and must not be half there in silence.
 */
export const recordExample = async (
  commands: readonly ExampleCommand[],
  run: RunMutation,
): Promise<Readonly<{ recorded: number; replayed: number }>> => {
  const counts = { recorded: 0, replayed: 0 };
  const record = async ({ command, input }: ExampleCommand): Promise<string> => {
    const answer = await run(documentFor(command), { input });
    const outcome = answer.data?.[command];
    if (outcome?.__typename !== 'Recorded') throw new Error(`example record: ${command} ${input.commandId}: ${whyNot(answer, outcome)}`);
    counts[outcome.replayed ? 'replayed' : 'recorded'] += 1;
    return itemOf(outcome.receipt?.entry ?? '');
  };
  const items = new Set<string>();
  for (const command of commands) items.add(await record(command));
  for (const item of items) await record(publishing(item));
  return counts;
};

/** `<item>@<revision>`. */
const itemOf = (entry: string): string => entry.slice(0, entry.lastIndexOf('@'));

const publishing = (item: string): ExampleCommand => ({
  command: 'publish',
  input: { commandId: `published:${item}`, item: { id: item }, withHistory: true },
});

const whyNot = (answer: Answer, outcome: OutcomeGiven | undefined): string => {
  if (answer.errors) return answer.errors.map((error) => error.message).join('; ');
  if (outcome?.issues) return outcome.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return `${outcome?.code ?? ''} ${outcome?.message ?? ''} ${outcome?.whatToDo ?? ''}`;
};
