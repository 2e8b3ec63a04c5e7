import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Light } from '@saksgang/kinds';
import { KindEnum } from '../kind-edges.js';
import { LightEnum, Project } from '../kinds/project.types.js';
import { GraphQLPosition } from '../scalars.js';
import { PartialDate } from './date.types.js';
import { Item } from './item.types.js';

@ObjectType({ description: 'How many items are in a state, and which.' })
export class StateCount {
  @Field(() => String, { description: 'SCREAMING_SNAKE (tilstand).' }) state!: string;
  @Field(() => Int, { description: 'Antall.' }) count!: number;
}

@ObjectType({ description: 'How many items show a traffic light.' })
export class LightCount {
  @Field(() => LightEnum) light!: Light;
  @Field(() => Int, { description: 'Antall.' }) count!: number;
}

@ObjectType({ description: 'One kind on the board: its items by state and by light.' })
export class KindStatus {
  @Field(() => KindEnum) kind!: string;
  @Field(() => Int, { description: 'Antall i alt.' }) total!: number;
  @Field(() => [StateCount], { description: 'In the order of the kind’s life; states without items are left out.' }) states!: StateCount[];
  @Field(() => [LightCount], { description: 'As asserted: RED, YELLOW, GREEN, NOT_ASSESSED; lights without items are left out.' })
  lights!: LightCount[];
  @Field(() => [LightCount], { description: 'As computed from dates on the as-of day; never a guess.' }) computedLights!: LightCount[];
}

@ObjectType({ description: 'Something that is late (forfalt).' })
export class Late {
  @Field(() => PartialDate, { description: 'Frist.' }) due!: unknown;
  @Field(() => Int, { description: 'Days past the last day of `due` (dager over frist).' }) daysLate!: number;
}

@ObjectType({ description: 'Something that is to come.' })
export class Upcoming {
  @Field(() => PartialDate) date!: unknown;
}

@ObjectType({ description: 'Where things stand: of all that belongs to a project, or of the whole record (statustavle).' })
export class StatusBoard {
  @Field(() => Project, { nullable: true, description: 'Null: the whole record.' }) project!: unknown;
  @Field(() => [KindStatus]) kinds!: KindStatus[];
  @Field(() => [Late], { description: 'What is late, the latest first: at most 100 (forfalt).' }) late!: Late[];
  @Field(() => [Upcoming], { description: 'What comes, the next first: at most 100.' }) next!: Upcoming[];
  @Field(() => [Item], { description: 'What somebody should look at, for the most reasons first: at most 100.' }) attention!: unknown[];
  @Field(() => GraphQLPosition, { description: 'Where the answer stands.' }) position!: string;
}
