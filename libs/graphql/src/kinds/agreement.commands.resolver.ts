import { Mutation, Resolver } from '@nestjs/graphql';
import type { AgreementCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  AccedeToAgreementInput,
  AgreementSignatureInput,
  BringAgreementIntoForceInput,
  EndAgreementInput,
  ReviseAgreementInput,
  SignAgreementInput,
} from './agreement.inputs.js';

const INPUT = 'The command.';

const onAgreement = async (
  given: Given,
  input: Pick<EndAgreementInput, 'agreement'>,
  type: AgreementCommand['type'],
  data: Command['data'] = {},
): Promise<Command> => ({ kind: 'agreement', type, item: await given.item(input.agreement, ['input', 'agreement']), data });

const signaturesOf = async (given: Given, signatures: readonly AgreementSignatureInput[] | null | undefined) =>
  signatures
    ? Promise.all(
        signatures.map(async ({ party, person, role }, index) => ({
          party: await given.party(party, ['input', 'signatures', String(index), 'party']),
          person: given.person(person),
          role: role ?? null,
        })),
      )
    : null;

@Resolver()
export class AgreementCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record an agreement, a declaration or a platform (registrere avtale).' })
  @TakesOne('input', () => SignAgreementInput, INPUT)
  signAgreement(_root: unknown, { input }: Input<SignAgreementInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'agreement',
      type: 'SignAgreement',
      item: null,
      data: {
        agreementType: input.agreementType,
        title: input.title,
        parties: await given.parties(input.parties, ['input', 'parties']),
        openEnded: input.openEnded ?? null,
        signatures: await signaturesOf(given, input.signatures),
        goals: input.goals?.map(({ key, text }) => ({ key: key ?? null, text })) ?? null,
        purpose: input.purpose ?? null,
        inForce: given.dateOrNull(input.inForce, ['input', 'inForce']),
        buildsOn: input.buildsOn ?? null,
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'An agreement came into force (trådt i kraft).' })
  @TakesOne('input', () => BringAgreementIntoForceInput, INPUT)
  bringAgreementIntoForce(_root: unknown, { input }: Input<BringAgreementIntoForceInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onAgreement(given, input, 'BringAgreementIntoForce', { period: given.dateOrNull(input.period, ['input', 'period']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'An agreement was revised (revidert).' })
  @TakesOne('input', () => ReviseAgreementInput, INPUT)
  reviseAgreement(_root: unknown, { input }: Input<ReviseAgreementInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) =>
      onAgreement(given, input, 'ReviseAgreement', {
        version: input.version ?? null,
        text: input.text ?? null,
        period: given.dateOrNull(input.period, ['input', 'period']),
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Another party joined an agreement (tiltrådt).' })
  @TakesOne('input', () => AccedeToAgreementInput, INPUT)
  accedeToAgreement(_root: unknown, { input }: Input<AccedeToAgreementInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onAgreement(given, input, 'AccedeToAgreement', { party: await given.party(input.party, ['input', 'party']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'An agreement ran out or was ended (gjelder ikke lenger).' })
  @TakesOne('input', () => EndAgreementInput, INPUT)
  endAgreement(_root: unknown, { input }: Input<EndAgreementInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onAgreement(given, input, 'EndAgreement'));
  }
}
