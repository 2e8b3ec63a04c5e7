import { ResolveField, Resolver } from '@nestjs/graphql';
import type { Entry as EntryBelow } from '@saksgang/kernel';
import { ReadProblem, type Pin } from '@saksgang/projections';
import type { RequestContext } from './context.js';
import { fault } from './faults.js';
import { inLanguage } from './language.js';
import type { ConflictSource, ProblemSource, RecordedSource, RefusedSource } from './outcome.js';
import { Conflict, Problem, Receipt, Recorded, Refused } from './outcome.types.js';
import { LocaleArg } from './reading/arguments.types.js';
import { Entry } from './reading/entry.types.js';
import { Item } from './reading/item.types.js';
import { leafHashOf } from './reading/proof.js';
import { receiptText } from './receipt.js';
import { entriesFor, itemFor, itemsAt, type EntrySource, type ItemSource } from './sources.js';
import { Takes } from './takes.js';

const WHY_UNSEEN: Readonly<Record<string, string>> = {
  PROJECTION_BEHIND:
    'the read models have not caught up. Read it again with x-at-least-position, or send the same command again: it is not recorded twice.',
  PROJECTION_STOPPED: 'the read models have stopped at an entry they cannot read: it cannot be shown. Tell who runs this service.',
};

/** Where what was just recorded can be read. If the read models lag, the command stands all the same, and the error says so. */
const after = async (context: RequestContext, recorded: RecordedSource): Promise<Pin> => {
  try {
    return await context.pinAt(recorded.position);
  } catch (error) {
    if (!(error instanceof ReadProblem) || !(error.code in WHY_UNSEEN)) throw error;
    const { item, revision, position } = recorded;
    const told = `It was recorded as revision ${revision} of ${item}, but ${WHY_UNSEEN[error.code] ?? ''}`;
    throw fault(error.code, told, { ...error.details, recorded: true, item, revision, position });
  }
};

const entriesOf = (context: RequestContext, entries: readonly EntryBelow[], pin: Pin): Promise<readonly EntrySource[]> =>
  entriesFor(
    context,
    entries.map((entry) => `${entry.stream}@${entry.revision}`),
    pin,
  );

@Resolver(() => Recorded)
export class RecordedResolver {
  @ResolveField(() => Item, { description: 'The item as it stands after the command.' })
  async item(recorded: RecordedSource, _args: unknown, context: RequestContext): Promise<ItemSource> {
    return itemFor(context, recorded.item, await after(context, recorded));
  }

  @ResolveField(() => [Entry], { description: 'What was recorded; none when it was already true.' })
  async entries(recorded: RecordedSource, _args: unknown, context: RequestContext): Promise<readonly EntrySource[]> {
    return recorded.entries.length === 0 ? [] : entriesOf(context, recorded.entries, await after(context, recorded));
  }

  @ResolveField(() => Receipt, { description: 'Kvittering. Answers even when the read models lag.' })
  receipt(recorded: RecordedSource): RecordedSource {
    return recorded;
  }
}

const lastEntryOf = (recorded: RecordedSource): string => `${recorded.item}@${recorded.revision}`;

@Resolver(() => Receipt)
export class ReceiptResolver {
  @ResolveField(() => String, { description: 'One line to paste into the minutes (protokollen).' })
  @Takes(LocaleArg)
  async text(recorded: RecordedSource, { locale }: LocaleArg, context: RequestContext): Promise<string> {
    const hash = await leafHashOf(context, lastEntryOf(recorded));
    return inLanguage(receiptText(context.registry, recorded, hash), locale, context.locale);
  }

  @ResolveField()
  entry(recorded: RecordedSource): string {
    return lastEntryOf(recorded);
  }

  @ResolveField()
  leafHash(recorded: RecordedSource, _args: unknown, context: RequestContext): Promise<string> {
    return leafHashOf(context, lastEntryOf(recorded));
  }
}

@Resolver(() => Problem)
export class ProblemResolver {
  @ResolveField(() => String, { description: 'What was wrong.' })
  @Takes(LocaleArg)
  message(problem: ProblemSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(problem.message, locale, context.locale);
  }

  @ResolveField(() => String, { description: 'What to do about it.' })
  @Takes(LocaleArg)
  whatToDo(problem: ProblemSource, { locale }: LocaleArg, context: RequestContext): string {
    return inLanguage(problem.whatToDo, locale, context.locale);
  }
}

@Resolver(() => Refused)
export class RefusedResolver {
  @ResolveField(() => [Item], { description: 'The items that may have been meant, or that stand in the way.' })
  async candidates(refused: RefusedSource, _args: unknown, context: RequestContext): Promise<readonly ItemSource[]> {
    return refused.candidates.length === 0 ? [] : itemsAt(context, refused.candidates, await context.head());
  }
}

@Resolver(() => Conflict)
export class ConflictResolver {
  @ResolveField(() => [Entry], { description: 'What was recorded since the revision you decided on, oldest first.' })
  async since(conflict: ConflictSource, _args: unknown, context: RequestContext): Promise<readonly EntrySource[]> {
    const last = conflict.since.at(-1);
    return last === undefined ? [] : entriesOf(context, conflict.since, await context.pinAt(last.position));
  }
}
