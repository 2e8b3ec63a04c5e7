import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';

@ObjectType({ implements: () => [Item, Node], description: 'A plan of an organisation (plan, langtidsplan).' })
export class Plan {}

@ObjectType({ description: 'A goal of a plan, as the document has it (mål i plan).' })
export class PlanGoal {
  @Field(() => ID, { description: 'What links take as the part: the same for ever within its plan.' }) key!: string;
  @Field(() => String, { nullable: true, description: 'What is printed before it, null where nothing is.' }) label!: string | null;
  @Field(() => String, { description: 'Verbatim (ordrett).' }) text!: string;
}

export const PlanConnection = connectionOf('Plan', () => Plan);
