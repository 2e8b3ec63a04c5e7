import { Field, InputType } from '@nestjs/graphql';
import type { Light } from '@saksgang/kinds';
import { CommandInput, NewLink, PartialDateInput, PartyInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { LightEnum } from './project.types.js';

const LAST_DAY = 'It has a last day.';

@InputType({ description: 'Record a milestone (føre opp milepæl). `occurred`: when it was planned, as far as is known.' })
export class PlanMilestoneInput extends CommandInput {
  @Field(() => String, { description: 'What is to have happened (tittel).' }) title!: string;
  @Field(() => ItemRef, { nullable: true, description: 'The project it belongs to.' }) project?: ItemRef | null;
  @Field(() => PartyInput, { nullable: true, description: 'Who is responsible (ansvarlig).' }) owner?: PartyInput | null;
  @Field(() => PartialDateInput, { nullable: true, description: `Opprinnelig plan. ${LAST_DAY} Omitted: it was never planned to a date.` })
  baseline?: PartialDateInput | null;
  @Field(() => [NewLink], { nullable: true, description: 'DEPENDS_ON for what must be reached before it (avhenger av).' })
  links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnMilestoneInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which milestone.' }) milestone!: ItemRef;
}

@InputType({ description: 'A milestone has a new baseline (ny planlagt dato): deviation is counted from it from now on.' })
export class RebaselineMilestoneInput extends OnMilestoneInput {
  @Field(() => PartialDateInput, { description: LAST_DAY }) baseline!: PartialDateInput;
}

@InputType({ description: 'Say when a milestone is expected to be reached, how it stands, or both (prognose). `assertedBy` says who.' })
export class ForecastMilestoneInput extends OnMilestoneInput {
  @Field(() => PartialDateInput, {
    nullable: true,
    description: '`unknown`: postponed with no new date. Omitted: what was said before stands.',
  })
  forecast?: PartialDateInput | null;
  @Field(() => LightEnum, { nullable: true, description: 'Trafikklys. Omitted: what was said before stands.' }) light?: Light | null;
}

@InputType({ description: 'A milestone was reached (nådd). `occurred` is the actual date.' })
export class ReachMilestoneInput extends OnMilestoneInput {}

@InputType({ description: 'A milestone was not reached as planned (ikke nådd). It may still be reached late, or be given a new date.' })
export class MissMilestoneInput extends OnMilestoneInput {}

@InputType({ description: 'Nobody works towards a milestone any more (utgått). `reason` says why, and must.' })
export class CancelMilestoneInput extends OnMilestoneInput {}
