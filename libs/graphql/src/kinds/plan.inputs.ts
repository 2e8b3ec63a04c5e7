import { Field, InputType } from '@nestjs/graphql';
import { CommandInput, NewLink, PartialDateInput, PartyInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';

@InputType({ description: 'A goal of a plan, as the document has it (mål i plan).' })
export class PlanGoalInput {
  @Field(() => String, { nullable: true, description: 'What is printed before it; omitted where nothing is.' }) label?: string | null;
  @Field(() => String, { description: 'Verbatim (ordrett).' }) text!: string;
}

@InputType({ description: 'Record a plan (føre opp plan). `occurred`: when it was adopted, as far as is known.' })
export class AdoptPlanInput extends CommandInput {
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => PartyInput, { description: 'Whose plan it is (eier).' }) owner!: PartyInput;
  @Field(() => PartialDateInput, { nullable: true, description: 'From–to: `2016/2019` (periode).' }) period?: PartialDateInput | null;
  @Field(() => [PlanGoalInput], {
    nullable: true,
    description: 'Its goals, in the order of the document (mål). They get the keys 1, 2, 3 …',
  })
  goals?: PlanGoalInput[] | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnPlanInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which plan.' }) plan!: ItemRef;
}

@InputType({ description: 'A plan came into force (trådt i kraft).' })
export class BringPlanIntoForceInput extends OnPlanInput {}

@InputType({ description: 'A plan has ended (gjelder ikke lenger).' })
export class EndPlanInput extends OnPlanInput {
  @Field(() => ItemRef, { nullable: true, description: 'The plan that succeeded it, where there is one (avløst av).' }) by?: ItemRef | null;
}
