import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { TraceDirection, TraceEndRow } from '@saksgang/projections';
import { enumType } from '../enum-type.js';
import { RelationEnum } from '../enums.js';
import { PartRef } from '../writing/reference.types.js';
import { AsOf } from './arguments.types.js';
import { PartialDate } from './date.types.js';

export const TraceDirectionEnum = enumType<TraceDirection>('TraceDirection', 'Which way a trace goes.', {
  FORWARD: 'What came of it: what answers it, is based on it, serves or replaces it, was led to by it (videre).',
  BACKWARD: 'What it comes from (opphav).',
  BOTH: 'What it comes from and what came of it; not what else came of the same origin (begge veier).',
});

export const TraceEndKindEnum = enumType<TraceEndRow['end']>('TraceEndKind', 'How a trail ends.', {
  OUTCOME: 'It was closed, or has come to its last state (utfall).',
  VERDICT: 'Somebody has judged what came of it (vurdering).',
  GAP: 'Nothing leads on, and it is still open or rests on nothing (hull).',
  DEPTH: 'It goes on beyond the depth asked for (dybde).',
});

@ObjectType({ description: 'An item, or a point of one, on the trail.' })
export class TraceNode {
  @Field(() => ID, { description: 'The global id of the item or the point.' }) id!: string;
  @Field(() => Int, { description: 'Steps from where the trace began.' }) distance!: number;
}

@ObjectType({ description: 'A relation on the trail, read from `from` to `to`.' })
export class TraceEdge {
  @Field(() => ID, { description: 'The id of a TraceNode.' }) from!: string;
  @Field(() => ID, { description: 'The id of a TraceNode.' }) to!: string;
  @Field(() => RelationEnum, { description: 'PART_OF also for a point of its resolution, and for an item of the project it names.' })
  relation!: string;
  @Field(() => PartialDate, { nullable: true, description: 'For how long it holds, where that is known (periode).' }) period!: unknown;
}

@ObjectType({ description: 'Where the trail ends.' })
export class TraceEnd {
  @Field(() => ID, { description: 'The id of the TraceNode it ends at.' }) node!: string;
  @Field(() => TraceEndKindEnum) end!: TraceEndRow['end'];
  @Field(() => String, {
    nullable: true,
    description:
      'The state or closure of an OUTCOME (`CARRIED_OUT`), the outcome of a VERDICT (`PARTLY`), the rule of a GAP (`ASK_WITHOUT_OUTCOME`, ' +
      '`STILL_OPEN`, `UNSOURCED`); null for DEPTH.',
  })
  code!: string | null;
}

@ObjectType({ description: 'What an item or a point comes from and what came of it, followed to its ends (sporing).' })
export class TraceGraph {
  @Field(() => [TraceNode], { description: 'The nearest first; the first is where it began.' }) nodes!: unknown[];
  @Field(() => [TraceEdge]) edges!: unknown[];
  @Field(() => [TraceEnd]) ends!: unknown[];
  @Field(() => Boolean, { description: 'There was more than one answer may hold (500 nodes).' }) truncated!: boolean;
}

@ArgsType()
export class PointTraceArgs {
  @Field(() => TraceDirectionEnum, { defaultValue: 'BOTH' }) direction!: TraceDirection;
  @Field(() => Int, { defaultValue: 6, description: 'Steps: 1–12.' }) depth!: number;
}

@ArgsType()
export class ItemTraceArgs extends PointTraceArgs {
  @Field(() => String, { nullable: true, description: 'The path of a point, «2.3.1»; omitted: the whole item.' }) point?: string | null;
}

@ArgsType()
export class TraceArgs extends PointTraceArgs {
  @Field(() => PartRef, { description: 'Where it begins.' }) from!: PartRef;
  @Field(() => AsOf, { nullable: true }) asOf?: AsOf | null;
}
