import { ArgsType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { PointClosure, PointKind, PointState, VerdictOutcome } from '@saksgang/kinds';
import { ForwardArgs } from '../reading/arguments.types.js';
import { PartialDate } from '../reading/date.types.js';
import { Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Assertion } from './party.types.js';
import { PointClosureEnum, PointKindEnum, PointStateEnum, VerdictOutcomeEnum } from './resolution.enums.js';

@ObjectType({ implements: () => [Assertion], description: 'What was reported back on a point (rapport).' })
export class Report {
  @Field(() => String) text!: string;
}

@ObjectType({
  implements: () => [Assertion],
  description: 'What somebody judges came of a point; verdicts stand side by side (vurdering).',
})
export class Verdict {
  @Field(() => VerdictOutcomeEnum) outcome!: VerdictOutcome;
  @Field(() => String, { description: 'Why (begrunnelse).' }) reason!: string;
}

@ObjectType({ implements: () => [Node], description: 'A point of a resolution, followed until it is closed (punkt).' })
export class Point {
  @Field(() => String, { description: 'Counts every node, from 1: «2.3.1». Never shifts.' }) path!: string;
  @Field(() => String, { nullable: true, description: 'What the document prints («2», «a)»); null where it prints nothing.' })
  label!: string | null;
  @Field(() => Int, { description: 'From 1.' }) depth!: number;
  @Field(() => String, { nullable: true, description: 'The path of the point above.' }) parent!: string | null;
  @Field(() => PointKindEnum) pointKind!: PointKind;
  @Field(() => String, { description: 'Verbatim; of a point that is shielded from the reader, that it is (ordrett).' }) text!: string;
  @Field(() => String, { nullable: true, description: 'In what role: its own, else the nearest lead-in’s (rolle).' }) role!: string | null;
  @Field(() => Boolean, { description: 'The list of addressees is open («og andre»).' }) openEnded!: boolean;
  @Field(() => String, { nullable: true, description: 'The recorder’s note on the reading (merknad).' }) note!: string | null;
  @Field(() => Boolean, { description: 'Struck by an amendment; its path stays taken (strøket).' }) struck!: boolean;
  @Field(() => PointStateEnum, { name: 'pointState' }) state!: PointState;
  @Field(() => PartialDate, { nullable: true, description: 'Frist.' }) deadline!: unknown;
  @Field(() => PointClosureEnum, { nullable: true, description: 'How it was closed.' }) closedAs!: PointClosure | null;
}

@InputType({ description: 'Which points. All that is given must fit.' })
export class PointFilter {
  @Field(() => [PointStateEnum], { nullable: true }) states?: PointState[] | null;
  @Field(() => [PointKindEnum], { nullable: true }) pointKinds?: PointKind[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Past its deadline and not closed (forfalt).' }) overdue?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Asks for something and has no owner (ikke fordelt).' }) unassigned?: boolean | null;
}

@ArgsType()
export class PointsArgs extends ForwardArgs {
  @Field(() => PointFilter, { nullable: true }) filter?: PointFilter | null;
}

@ArgsType()
export class PointPathArg {
  @Field(() => String, { description: '«2.3.1».' }) path!: string;
}

export const PointConnection = connectionOf('Point', () => Point);
