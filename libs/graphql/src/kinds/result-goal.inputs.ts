import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { GoalLevel, GoalOutcome, Light, TargetAim } from '@saksgang/kinds';
import { CommandInput, NewLink, PartialDateInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { LightEnum } from './project.types.js';
import { GoalLevelEnum, GoalOutcomeEnum, TargetAimEnum } from './result-goal.types.js';

const VALUE = 'A decimal or a ratio as text: `42.5`, `1/3`.';
const AS_WRITTEN = 'In the source’s own words: «1 av 3» (slik det står).';

@InputType({ description: 'Record a goal (føre opp mål). `occurred`: when it was set, as far as is known.' })
export class SetResultGoalInput extends CommandInput {
  @Field(() => String, { description: 'Its letter or number, as printed: `A`.' }) code!: string;
  @Field(() => String, { description: 'The goal, verbatim (ordrett).' }) text!: string;
  @Field(() => GoalLevelEnum, { description: 'Målnivå.' }) level!: GoalLevel;
  @Field(() => ItemRef, { nullable: true, description: 'The project it belongs to.' }) project?: ItemRef | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnResultGoalInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which goal.' }) resultGoal!: ItemRef;
}

@InputType({ description: 'Say how a goal stands (vurdere mål). `assertedBy` says who; what is left out stays as it was said before.' })
export class AssessResultGoalInput extends OnResultGoalInput {
  @Field(() => LightEnum, { nullable: true, description: 'Trafikklys.' }) light?: Light | null;
  @Field(() => Int, { nullable: true, description: 'Percent, 0–100 (framdrift).' }) progress?: number | null;
  @Field(() => String, { nullable: true, description: 'I ord.' }) text?: string | null;
}

@InputType({ description: 'Where an indicator stood at the start (utgangspunkt).' })
export class IndicatorBaselineInput {
  @Field(() => String, { description: VALUE }) value!: string;
  @Field(() => String, { nullable: true, description: AS_WRITTEN }) asWritten?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'The time the value is of.' }) at?: PartialDateInput | null;
}

@InputType({ description: 'What an indicator is to reach (målverdi).' })
export class IndicatorTargetInput {
  @Field(() => String, { description: VALUE }) value!: string;
  @Field(() => String, { nullable: true, description: AS_WRITTEN }) asWritten?: string | null;
  @Field(() => TargetAimEnum, { nullable: true, description: 'Omitted: it follows from where the baseline lies.' })
  aim?: TargetAim | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'When it is to be reached (frist).' }) by?: PartialDateInput | null;
}

@InputType({ description: 'Say what a goal is measured by (sette indikator): a new indicator, or one defined anew as a whole.' })
export class SetIndicatorInput extends OnResultGoalInput {
  @Field(() => ID, { nullable: true, description: 'The key of the one to define anew; omitted: a new one, which gets the next key.' })
  indicator?: string | null;
  @Field(() => String, { description: 'Navn.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Måleenhet.' }) unit?: string | null;
  @Field(() => IndicatorBaselineInput, { nullable: true, description: 'Utgangspunkt.' }) baseline?: IndicatorBaselineInput | null;
  @Field(() => IndicatorTargetInput, { nullable: true, description: 'Målverdi.' }) target?: IndicatorTargetInput | null;
}

@InputType({ description: 'Record a measured value (føre måling).' })
export class MeasureIndicatorInput extends OnResultGoalInput {
  @Field(() => ID, { description: 'The key of the indicator.' }) indicator!: string;
  @Field(() => String, { description: VALUE }) value!: string;
  @Field(() => String, { nullable: true, description: AS_WRITTEN }) asWritten?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'The time the value is of, where it is another than `occurred`.' })
  at?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: 'Kommentar.' }) text?: string | null;
}

@InputType({ description: 'Say how a goal ended (avslutte mål). `assertedBy` says who; `reason` says why, and must where it is dropped.' })
export class ConcludeResultGoalInput extends OnResultGoalInput {
  @Field(() => GoalOutcomeEnum, { description: 'Måloppnåelse.' }) outcome!: GoalOutcome;
}
