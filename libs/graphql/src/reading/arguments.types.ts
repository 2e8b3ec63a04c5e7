import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Instant, Day, Locale, Relation } from '@saksgang/kernel';
import type { AsOfInput, PageInput } from '@saksgang/projections';
import { LinkDirectionEnum, LocaleEnum, RelationEnum, type LinkDirection } from '../enums.js';
import { GraphQLDay, GraphQLInstant, GraphQLPosition } from '../scalars.js';

@InputType({
  description:
    'A point of view on both axes: what the record knew by then, and what had certainly happened by then. Omitted: now, on both. ' +
    'The first four exclude each other.',
})
export class AsOf implements AsOfInput {
  @Field(() => GraphQLInstant, { nullable: true, description: 'What the record knew at this instant (kjent da).' })
  knownAt?: Instant | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'What the record knew at the end of this day in Oslo.' })
  knownOn?: Day | null;
  @Field(() => GraphQLPosition, { nullable: true, description: 'What the record knew at this position.' })
  position?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'What the group of a project had been shown at this meeting: the id of a Meeting (møte).',
  })
  meeting?: string | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'What had certainly happened by this day (gjelder på).' })
  validAt?: Day | null;
}

@ArgsType()
export class LocaleArg {
  @Field(() => LocaleEnum, { nullable: true, description: 'The language to answer in (språk). Omitted: the reader’s.' })
  locale?: Locale | null;
}

@ArgsType()
export class ForwardArgs implements PageInput {
  @Field(() => Int, { nullable: true, description: 'How many, from the front: 1–100, default 25.' })
  first?: number | null;
  @Field(() => String, { nullable: true, description: 'Go on after this cursor, at the point of view the cursor was made at.' })
  after?: string | null;
}

@ArgsType()
export class PageArgs extends ForwardArgs {
  @Field(() => Int, { nullable: true, description: 'How many, from the back: 1–100. Not together with `first`.' })
  last?: number | null;
  @Field(() => String, { nullable: true, description: 'Go back from this cursor.' })
  before?: string | null;
}

@ArgsType()
export class LinksArgs extends ForwardArgs {
  @Field(() => LinkDirectionEnum, { nullable: true, description: 'Omitted: both ways.' })
  direction?: LinkDirection | null;
  @Field(() => [RelationEnum], { nullable: true, description: 'Only these relations.' })
  relations?: Relation[] | null;
}

@ArgsType()
export class AsOfArg {
  @Field(() => AsOf, { nullable: true, description: 'The point of view; everything below inherits it. Omitted: now.' })
  asOf?: AsOf | null;
}
