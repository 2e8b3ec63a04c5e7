import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { GoalLevel, GoalOutcome, Light, ResultGoalStateName, TargetAim } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';
import { PartialDate } from '../reading/date.types.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Assertion } from './party.types.js';
import { LightEnum } from './project.types.js';

export const GoalLevelEnum = enumType<GoalLevel>('GoalLevel', 'The level of a goal (målnivå).', {
  OVERALL: 'Overordnet mål.',
  RESULT: 'Resultatmål.',
  EFFECT: 'Effektmål.',
});

export const GoalStatusEnum = enumType<ResultGoalStateName>(
  'GoalStatus',
  'How far a goal has come in its life: not its progress, and not its light (målstatus).',
  {
    SET: 'Satt.',
    ASSESSED: 'Vurdert.',
    ACHIEVED: 'Nådd.',
    PARTLY_ACHIEVED: 'Delvis nådd.',
    NOT_ACHIEVED: 'Ikke nådd.',
    DROPPED: 'Frafalt.',
  },
);

export const GoalOutcomeEnum = enumType<GoalOutcome>('GoalOutcome', 'How a goal ended (måloppnåelse).', {
  ACHIEVED: 'Nådd.',
  PARTLY_ACHIEVED: 'Delvis nådd.',
  NOT_ACHIEVED: 'Ikke nådd.',
  DROPPED: 'Frafalt: nobody works for it any more.',
});

export const TargetAimEnum = enumType<TargetAim>('TargetAim', 'On which side of the target the goal lies.', {
  AT_LEAST: 'Minst.',
  AT_MOST: 'Høyst.',
});

@ObjectType({ implements: () => [Item, Node], description: 'A goal of a project (mål, resultatmål).' })
export class ResultGoal {}

@ObjectType({ description: 'Where an indicator stood at the start (utgangspunkt).' })
export class IndicatorBaseline {
  @Field(() => String, { description: 'A decimal or a ratio as text: `42.5`, `1/3`.' }) value!: string;
  @Field(() => String, { nullable: true, description: 'In the source’s own words.' }) asWritten!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'The time the value is of.' }) at!: unknown;
}

@ObjectType({ description: 'What an indicator is to reach (målverdi).' })
export class IndicatorTarget {
  @Field(() => String, { description: 'A decimal or a ratio as text: `42.5`, `1/3`.' }) value!: string;
  @Field(() => String, { nullable: true, description: 'In the source’s own words.' }) asWritten!: string | null;
  @Field(() => TargetAimEnum, { nullable: true, description: 'Null: not said.' }) aim!: TargetAim | null;
  @Field(() => PartialDate, { nullable: true, description: 'When it is to be reached (frist).' }) by!: unknown;
}

@ObjectType({ implements: () => [Assertion], description: 'A measured value of an indicator (måling).' })
export class Measurement {
  @Field(() => String, { description: 'A decimal or a ratio as text: `42.5`, `1/3`.' }) value!: string;
  @Field(() => String, { nullable: true, description: 'In the source’s own words.' }) asWritten!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'The time the value is of, where it is another than `occurred`.' })
  at!: unknown;
  @Field(() => String, { nullable: true, description: 'Kommentar.' }) text!: string | null;
}

@ObjectType({ description: 'What a goal is measured by (indikator).' })
export class Indicator {
  @Field(() => ID, { description: 'What `measureIndicator` takes; the same for ever within its goal.' }) key!: string;
  @Field(() => String, { description: 'Navn.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Måleenhet.' }) unit!: string | null;
  @Field(() => IndicatorBaseline, { nullable: true, description: 'Utgangspunkt.' }) baseline!: unknown;
  @Field(() => IndicatorTarget, { nullable: true, description: 'Målverdi.' }) target!: unknown;
}

@ObjectType({ implements: () => [Assertion], description: 'What somebody says of how a goal stands (vurdering). Null: not said.' })
export class Assessment {
  @Field(() => LightEnum, { nullable: true, description: 'Trafikklys.' }) light!: Light | null;
  @Field(() => Int, { nullable: true, description: 'Percent, 0–100 (framdrift).' }) progress!: number | null;
  @Field(() => String, { nullable: true, description: 'I ord.' }) text!: string | null;
}

export const ResultGoalConnection = connectionOf('ResultGoal', () => ResultGoal);
