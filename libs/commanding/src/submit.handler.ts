import { Inject, Logger } from '@nestjs/common';
import { Command, CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import type { ItemId, Position } from '@saksgang/kernel';
import type { Submission, Submit, SubmitOutcome } from './submission.js';

/** Injection token of the `Submit` function that apps build and hand to `CommandingModule.forRoot`. */
export const SUBMIT = Symbol('SUBMIT');

/** The one command on Nest's CommandBus: every mutation travels in it. */
export class SubmitCommand extends Command<SubmitOutcome> {
  constructor(readonly submission: Submission) {
    super();
  }
}

/**
 * The doorbell: something new stands in the log, up to this position. It says that, not what: whoever hears it reads
 * the log. It may be lost, doubled or late, and nobody may depend on it (DESIGN.md law 3).
 */
export class EntriesAppended {
  constructor(
    readonly item: ItemId,
    readonly position: Position,
  ) {}
}

@CommandHandler(SubmitCommand)
export class SubmitHandler implements ICommandHandler<SubmitCommand> {
  private readonly logger = new Logger('Commanding');

  constructor(
    @Inject(SUBMIT) private readonly submit: Submit,
    @Inject(EventBus) private readonly doorbell: EventBus,
  ) {}

  async execute(command: SubmitCommand): Promise<SubmitOutcome> {
    const outcome = await this.submit(command.submission);
    if (outcome.outcome === 'recorded' && !outcome.replayed && outcome.entries.length > 0) this.ring(outcome.item, outcome.position);
    return outcome;
  }

  /** The entries are durable by now: a bell that fails must not make the command look failed. */
  private ring(item: ItemId, position: Position): void {
    try {
      this.doorbell.publish(new EntriesAppended(item, position));
    } catch (error) {
      this.logger.error(`The doorbell failed for ${position}`, error instanceof Error ? error.stack : undefined);
    }
  }
}
