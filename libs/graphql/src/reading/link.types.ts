import { Field, ID, ObjectType } from '@nestjs/graphql';
import { LinkDirectionEnum, RelationEnum } from '../enums.js';
import { PartialDate } from './date.types.js';
import { connectionOf } from './page.types.js';
import { Source } from './source.types.js';

@ObjectType({ description: 'A relation between two items, or parts of them, with who asserts it and on what source (lenke).' })
export class Link {
  @Field(() => ID, { description: 'The id of the entry that made it: what `unlink` takes.' })
  id!: string;
  @Field(() => RelationEnum)
  relation!: string;
  @Field(() => LinkDirectionEnum, { description: 'Seen from the item that was asked: OUT or IN.' })
  direction!: string;
  @Field(() => String, { nullable: true, description: 'The path of the point it runs from; null: from the whole item.' })
  fromPart!: string | null;
  @Field(() => String, { nullable: true, description: 'The path of the point it runs to; null: to the whole item.' })
  toPart!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'For how long it holds, where that is known (periode).' })
  period!: unknown;
  @Field(() => Source, { nullable: true })
  source!: unknown;
  @Field(() => Boolean, { description: 'Made by a command of its own (a merger, a supersession …) and not by `link`.' })
  declared!: boolean;
}

export const LinkConnection = connectionOf('Link', () => Link);
