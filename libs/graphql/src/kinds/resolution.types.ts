import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { TextMedium } from '@saksgang/kinds';
import { PartialDate } from '../reading/date.types.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Source } from '../reading/source.types.js';
import { DiffTypeEnum, TextMediumEnum, type DiffType } from './resolution.enums.js';

@ObjectType({ implements: () => [Item, Node], description: 'A resolution, a statement or a position (vedtak, uttalelse, standpunkt).' })
export class Resolution {}

@ObjectType({ description: 'A run of words of a comparison.' })
export class DiffPart {
  @Field(() => DiffTypeEnum) diffType!: DiffType;
  @Field(() => String) text!: string;
}

@ObjectType({ description: 'Another wording of the same decision, whole (tekstvariant).' })
export class TextVariant {
  @Field(() => ID, { description: 'The id of the entry that recorded it.' }) id!: string;
  @Field(() => TextMediumEnum) medium!: TextMedium;
  @Field(() => String, { nullable: true }) title!: string | null;
  @Field(() => String) text!: string;
  @Field(() => PartialDate) occurred!: unknown;
  @Field(() => Source, { nullable: true }) source!: unknown;
}

@ObjectType({ description: 'A vote on the whole or on one point (votering). Counts are null where they are not known.' })
export class Vote {
  @Field(() => ID, { description: 'The id of the entry that recorded it.' }) id!: string;
  @Field(() => Boolean, { nullable: true, description: 'Enstemmig; null: not known.' }) unanimous!: boolean | null;
  @Field(() => Int, { nullable: true, description: 'For.' }) inFavour!: number | null;
  @Field(() => Int, { nullable: true, description: 'Mot.' }) against!: number | null;
  @Field(() => Int, { nullable: true, description: 'Avholdende.' }) abstained!: number | null;
  @Field(() => Source, { nullable: true }) source!: unknown;
}

@ObjectType({ description: 'A dissent from a vote (dissens, protokolltilførsel).' })
export class Dissent {
  @Field(() => String, { nullable: true }) text!: string | null;
}

export const ResolutionConnection = connectionOf('Resolution', () => Resolution);
