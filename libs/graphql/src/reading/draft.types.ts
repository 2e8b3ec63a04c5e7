import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { PointKind } from '@saksgang/kinds';
import { PointKindEnum } from '../kinds/resolution.enums.js';

@ObjectType({ description: 'A point as pasted text has it, to check before it is recorded (utkast til punkt).' })
export class DraftPoint {
  @Field(() => String, { description: 'The path it would get: «2.3.1».' }) path!: string;
  @Field(() => String, { nullable: true, description: 'What the text prints («2», «a)»); null where it prints nothing.' })
  label!: string | null;
  @Field(() => PointKindEnum, { description: 'Suggested by its words (forslag).' }) pointKind!: PointKind;
  @Field(() => String, { description: 'Verbatim, without bold and italic marks (ordrett).' }) text!: string;
  @Field(() => [Int], { description: 'The lines it was read from, from 1.' }) lines!: number[];
  @Field(() => [DraftPoint]) points!: DraftPoint[];
}

@ObjectType({ description: 'A line that is in no point: headings, the rest of the letter (utenfor punktene).' })
export class DraftLine {
  @Field(() => Int, { description: 'From 1.' }) line!: number;
  @Field(() => String) text!: string;
}

@ObjectType({ description: 'A place that somebody must look at before the draft is recorded (tvilsomt sted).' })
export class DraftDoubt {
  @Field(() => String, { nullable: true, description: 'The point it is about; null: the text as a whole.' }) path!: string | null;
  @Field(() => Int, { description: 'From 1.' }) line!: number;
}

@ObjectType({ description: 'A point tree read from pasted text, with its doubtful places marked. Nothing is recorded (utkast).' })
export class PointDraft {
  @Field(() => [DraftPoint]) points!: DraftPoint[];
  @Field(() => [DraftLine], { description: 'In order of the lines.' }) outside!: DraftLine[];
  @Field(() => [DraftDoubt], { description: 'In order of the lines.' }) doubts!: DraftDoubt[];
}

@ArgsType()
export class DraftPointsArgs {
  @Field(() => String, { description: 'The letter as pasted, at most 65,536 bytes.' }) text!: string;
}
