import { ObjectType } from '@nestjs/graphql';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';

@ObjectType({ implements: () => [Item, Node], description: 'A milestone (milepæl).' })
export class Milestone {}

export const MilestoneConnection = connectionOf('Milestone', () => Milestone);
