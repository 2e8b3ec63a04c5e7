import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import type { ChangeType } from '@saksgang/projections';
import { enumType } from '../enum-type.js';
import { GraphQLDay, GraphQLPosition } from '../scalars.js';
import { ItemRef } from '../writing/reference.types.js';
import { AsOf } from './arguments.types.js';
import { connectionOf } from './page.types.js';

export const ChangeTypeEnum = enumType<ChangeType>('ChangeType', 'What became of an item or a point between two points of view.', {
  ADDED: 'It was not there before (kommet til).',
  CHANGED: 'It is told differently (endret).',
  RETRACTED: 'It is there no longer: retracted or struck, or, looking backward, not there yet (tatt bort).',
});

@ObjectType({ description: 'One end of a difference: a point of view as it was taken.' })
export class DiffEnd {
  @Field(() => GraphQLPosition, { description: 'What the record knew at this position.' }) position!: string;
  @Field(() => GraphQLDay, { description: 'What had certainly happened by this day.' }) validAt!: string;
}

@ObjectType({ description: 'What differs between two points of view, on whichever axes they differ (forskjeller).' })
export class Diff {
  @Field(() => DiffEnd) from!: DiffEnd;
  @Field(() => DiffEnd) to!: DiffEnd;
}

@ObjectType({ description: 'What became of an item, or of one point of it: only what is told differently (endring).' })
export class Change {
  @Field(() => String, { nullable: true, description: 'The path of the point it is about; null: the item itself.' })
  part!: string | null;
  @Field(() => ChangeTypeEnum)
  change!: ChangeType;
}

export const ChangeConnection = connectionOf('Change', () => Change);

@ArgsType()
export class DiffArgs {
  @Field(() => AsOf, { description: 'The first point of view (fra).' })
  from!: AsOf;
  @Field(() => AsOf, { nullable: true, description: 'The second. Omitted: now, on both axes (til).' })
  to?: AsOf | null;
  @Field(() => ItemRef, { nullable: true, description: 'Only this item, with its points.' })
  subject?: ItemRef | null;
  @Field(() => ItemRef, { nullable: true, description: 'Only this project and all that belonged to it from either point of view.' })
  project?: ItemRef | null;
}
