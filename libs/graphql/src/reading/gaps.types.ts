import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import type { GapRule } from '@saksgang/projections';
import { ItemRef } from '../writing/reference.types.js';
import { AsOfArg } from './arguments.types.js';
import { GapRuleEnum } from './attention.enums.js';

@ObjectType({ description: 'Something that is missing (hull): found, never stored.' })
export class Gap {
  @Field(() => GapRuleEnum) rule!: GapRule;
}

@ArgsType()
export class OfProjectArgs extends AsOfArg {
  @Field(() => ItemRef, { nullable: true, description: 'Of this project and all that belongs to it. Omitted: of the whole record.' })
  project?: ItemRef | null;
}
