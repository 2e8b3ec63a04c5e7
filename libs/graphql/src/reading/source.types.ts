import { Field, ObjectType } from '@nestjs/graphql';
import { PartialDate } from './date.types.js';

@ObjectType({ description: 'Where it stands (kilde). What is not known is null.' })
export class Source {
  @Field(() => String, { nullable: true, description: 'Title of the document (tittel).' })
  title!: string | null;
  @Field(() => String, { nullable: true, description: 'Its reference, as printed: `18/01456-7` (referanse).' })
  reference!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'The date printed on it (datert).' })
  dated!: unknown;
  @Field(() => String, { nullable: true, description: 'Where in it: page, slide, line, point (sted).' })
  locator!: string | null;
  @Field(() => String, { nullable: true })
  url!: string | null;
}
