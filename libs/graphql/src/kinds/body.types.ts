import { Field, ObjectType } from '@nestjs/graphql';
import { PartialDate } from '../reading/date.types.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';

@ObjectType({ implements: () => [Item, Node], description: 'A body or organisation (organ, organisasjon).' })
export class Body {}

@ObjectType({ description: 'A name a body has had.' })
export class BodyName {
  @Field(() => String) name!: string;
  @Field(() => PartialDate, { description: 'Since when (fra).' }) since!: unknown;
}

export const BodyConnection = connectionOf('Body', () => Body);
