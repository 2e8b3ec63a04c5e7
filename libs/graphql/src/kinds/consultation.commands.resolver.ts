import { Mutation, Resolver } from '@nestjs/graphql';
import type { ConsultationCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  CloseConsultationInput,
  GiveFeedbackInput,
  OpenConsultationInput,
  RecordConsultationInputInput,
  ReportConsultationInput,
  SetConsultationDeadlineInput,
} from './consultation.inputs.js';

const INPUT = 'The command.';
type OnConsultation = Pick<CloseConsultationInput, 'consultation'>;

const onConsultation = async (
  given: Given,
  input: OnConsultation,
  type: ConsultationCommand['type'],
  data: Command['data'] = {},
): Promise<Command> => ({ kind: 'consultation', type, item: await given.item(input.consultation, ['input', 'consultation']), data });

@Resolver()
export class ConsultationCommandsResolver {
  @Mutation(() => Outcome, { description: 'Open a consultation (åpne medlemsdialog eller høring).' })
  @TakesOne('input', () => OpenConsultationInput, INPUT)
  openConsultation(_root: unknown, { input }: Input<OpenConsultationInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'consultation',
      type: 'OpenConsultation',
      item: null,
      data: {
        title: input.title,
        purpose: input.purpose ?? null,
        questions: input.questions?.map(({ key, text }) => ({ key: key ?? null, text })) ?? null,
        invited: await given.parties(input.invited, ['input', 'invited']),
        openEnded: input.openEnded ?? null,
        deadline: given.dateOrNull(input.deadline, ['input', 'deadline']),
        projects: await given.items(input.projects, ['input', 'projects']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'Give a consultation another deadline, or none (ny frist).' })
  @TakesOne('input', () => SetConsultationDeadlineInput, INPUT)
  setConsultationDeadline(_root: unknown, { input }: Input<SetConsultationDeadlineInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onConsultation(given, input, 'SetConsultationDeadline', { deadline: given.dateOrNull(input.deadline, ['input', 'deadline']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'Record what somebody said to a consultation (føre innspill).' })
  @TakesOne('input', () => RecordConsultationInputInput, INPUT)
  recordConsultationInput(_root: unknown, { input }: Input<RecordConsultationInputInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onConsultation(given, input, 'RecordConsultationInput', {
        from: await given.partyOrNull(input.from, ['input', 'from']),
        theme: input.theme ?? null,
        text: input.text,
        question: input.question ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'No more input is taken (avslutte medlemsdialog eller høring).' })
  @TakesOne('input', () => CloseConsultationInput, INPUT)
  closeConsultation(_root: unknown, { input }: Input<CloseConsultationInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onConsultation(given, input, 'CloseConsultation'));
  }

  @Mutation(() => Outcome, { description: 'Report a consultation (rapportere).' })
  @TakesOne('input', () => ReportConsultationInput, INPUT)
  reportConsultation(_root: unknown, { input }: Input<ReportConsultationInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onConsultation(given, input, 'ReportConsultation', {
        document: await given.itemOrNull(input.document, ['input', 'document']),
        title: input.title ?? null,
        text: input.text ?? null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Tell the contributors what came of it (gi tilbakemelding).' })
  @TakesOne('input', () => GiveFeedbackInput, INPUT)
  giveFeedback(_root: unknown, { input }: Input<GiveFeedbackInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onConsultation(given, input, 'GiveFeedback', {
        to: await given.parties(input.to, ['input', 'to']),
        openEnded: input.openEnded ?? null,
        text: input.text,
      }),
    );
  }
}
