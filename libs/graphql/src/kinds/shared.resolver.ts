import { Mutation, Resolver } from '@nestjs/graphql';
import { kindOf } from '@saksgang/kernel';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Command, Input } from '../writing/record.js';
import { record } from '../writing/record.js';
import {
  AddNoteInput,
  CorrectEntryInput,
  EstablishDateInput,
  LinkInput,
  PublishInput,
  ReleaseInput,
  RetractEntryInput,
  ShieldInput,
  UnlinkInput,
  UnpublishInput,
} from './shared.inputs.js';

const on = (item: string, type: string, data: Command['data']): Command => ({ kind: kindOf(item), type, item, data });
const INPUT = 'The command.';

/** What every kind can do, the same way everywhere. */
@Resolver()
export class SharedCommandsResolver {
  @Mutation(() => Outcome, { description: 'Establish a date that was only known within bounds (dato fastsatt).' })
  @TakesOne('input', () => EstablishDateInput, INPUT)
  establishDate(_root: unknown, { input }: Input<EstablishDateInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => {
      const item = await given.item(input.item, ['input', 'item']);
      const entry = input.entry ? await given.entry(input.entry, ['input', 'entry']) : null;
      if (entry !== null && entry.item !== item && given.issues.length === 0 && given.refusals.length === 0)
        given.issues.push({
          path: ['input', 'entry'],
          code: 'ENTRY_OF_ANOTHER_ITEM',
          message: `is an entry of ${entry.item}, not of the item named`,
        });
      return on(item, 'EstablishDate', { entry: entry?.entry ?? null, date: given.date(input.date, ['input', 'date']) });
    });
  }

  @Mutation(() => Outcome, { description: 'Correct an entry: it is never edited, the correction stands beside it (rette).' })
  @TakesOne('input', () => CorrectEntryInput, INPUT)
  correctEntry(_root: unknown, { input }: Input<CorrectEntryInput>, context: RequestContext): Promise<OutcomeSource> {
    // What the input calls occurred, assertedBy and source is what the corrected entry should have said: it belongs to the data.
    return record(
      context,
      input,
      async (given) => {
        const { item, entry } = await given.entry(input.entry, ['input', 'entry']);
        return on(item, 'CorrectEntry', {
          entry,
          occurred: given.dateOrNull(input.occurred, ['input', 'occurred']),
          assertedBy: await given.partyOrNull(input.assertedBy, ['input', 'assertedBy']),
          source: await given.source(input.source, ['input', 'source']),
          entryReason: input.entryReason ?? null,
          cleared: input.clear ?? null,
          set: given.sets(input.set),
        });
      },
      async () => ({ occurred: null, assertedBy: null, source: null, reason: input.reason }),
    );
  }

  @Mutation(() => Outcome, { description: 'Retract an entry (trekke tilbake).' })
  @TakesOne('input', () => RetractEntryInput, INPUT)
  retractEntry(_root: unknown, { input }: Input<RetractEntryInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => {
      const { item, entry } = await given.entry(input.entry, ['input', 'entry']);
      return on(item, 'RetractEntry', { entry });
    });
  }

  @Mutation(() => Outcome, { description: 'Link two items, or parts of them (lenke).' })
  @TakesOne('input', () => LinkInput, INPUT)
  link(_root: unknown, { input }: Input<LinkInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => {
      const from = await given.part(input.from, ['input', 'from']);
      const to = await given.part(input.to, ['input', 'to']);
      const period = given.dateOrNull(input.period, ['input', 'period']);
      return on(from.item, 'Link', { relation: input.relation, target: to.item, targetPart: to.point, part: from.point, period });
    });
  }

  @Mutation(() => Outcome, { description: 'End a link (fjerne lenke).' })
  @TakesOne('input', () => UnlinkInput, INPUT)
  unlink(_root: unknown, { input }: Input<UnlinkInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => {
      const { item, entry } = await given.entry(input.link, ['input', 'link']);
      return on(item, 'Unlink', { link: entry });
    });
  }

  @Mutation(() => Outcome, { description: 'Add a note (merknad).' })
  @TakesOne('input', () => AddNoteInput, INPUT)
  addNote(_root: unknown, { input }: Input<AddNoteInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => {
      const item = await given.item(input.item, ['input', 'item']);
      return on(item, 'AddNote', { text: input.text, part: await given.partOf(item, input.point) });
    });
  }

  @Mutation(() => Outcome, { description: 'Let anyone read an item (offentliggjøre).' })
  @TakesOne('input', () => PublishInput, INPUT)
  publish(_root: unknown, { input }: Input<PublishInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      on(await given.item(input.item, ['input', 'item']), 'Publish', { withHistory: input.withHistory ?? null }),
    );
  }

  @Mutation(() => Outcome, { description: 'Let the public read an item no more (trekke inn).' })
  @TakesOne('input', () => UnpublishInput, INPUT)
  unpublish(_root: unknown, { input }: Input<UnpublishInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => on(await given.item(input.item, ['input', 'item']), 'Unpublish', {}));
  }

  @Mutation(() => Outcome, { description: 'Shield an item, or a point of it (skjerme).' })
  @TakesOne('input', () => ShieldInput, INPUT)
  shield(_root: unknown, { input }: Input<ShieldInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      on(await given.item(input.item, ['input', 'item']), 'Shield', {
        part: input.point ?? null,
        legalBasis: input.legalBasis,
        until: input.until ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'End a shielding (oppheve skjerming).' })
  @TakesOne('input', () => ReleaseInput, INPUT)
  release(_root: unknown, { input }: Input<ReleaseInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      on(await given.item(input.item, ['input', 'item']), 'Release', { part: input.point ?? null }),
    );
  }
}
