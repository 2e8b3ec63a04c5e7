import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { DisputeOutcome, EvidenceStatus } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';
import { PartialDate } from '../reading/date.types.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Assertion } from './party.types.js';

export const EvidenceStatusEnum = enumType<EvidenceStatus>(
  'EvidenceStatus',
  'Can it be relied on? From its source chain and its disputes, never stored (kildestatus).',
  {
    UNSOURCED: 'Nobody has said where it comes from (uten kilde).',
    SOURCED: 'Med kilde.',
    DISPUTED: 'Omstridt.',
  },
);

export const DisputeOutcomeEnum = enumType<DisputeOutcome>('DisputeOutcome', 'How a dispute of a claim ended (avgjørelse).', {
  CLAIM_STANDS: 'Påstanden står.',
  CLAIM_CORRECTED: 'Påstanden er rettet: `correctEvidence` says how.',
  DISPUTE_WITHDRAWN: 'Innsigelsen er trukket.',
});

@ObjectType({ implements: () => [Item, Node], description: 'A claim with its figures and sources (kunnskapsgrunnlag).' })
export class Evidence {}

@ObjectType({ description: 'A figure of a claim (tall). What is not said is null: it is never assumed.' })
export class EvidenceValue {
  @Field(() => ID, { description: 'The same for ever within its evidence; what `disputeEvidence` takes.' }) key!: string;
  @Field(() => String, {
    nullable: true,
    description: 'A decimal or a ratio as text: `290000`, `1/3`. Null: what is written is no number.',
  })
  value!: string | null;
  @Field(() => String, { nullable: true, description: 'In the source’s own words: «1 av 3».' }) asWritten!: string | null;
  @Field(() => String, { nullable: true, description: 'Måleenhet.' }) unit!: string | null;
  @Field(() => String, { nullable: true, description: 'Of whom or what (populasjon).' }) population!: string | null;
  @Field(() => String, { nullable: true, description: 'Land eller område.' }) jurisdiction!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'År.' }) year!: unknown;
  @Field(() => String, { nullable: true, description: '«et estimat» (forbehold).' }) qualifier!: string | null;
}

@ObjectType({ description: 'A link of a source chain: who said it, and where it stands (ledd i kildekjeden).' })
export class EvidenceSource {
  @Field(() => ID, { description: 'The same for ever within its evidence; what `sourceEvidence` takes.' }) key!: string;
  @Field(() => String, { nullable: true, description: 'Title of the document (tittel).' }) title!: string | null;
  @Field(() => String, { nullable: true, description: 'Its reference, as printed (referanse).' }) reference!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'The date printed on it (datert).' }) dated!: unknown;
  @Field(() => String, { nullable: true, description: 'Where in it (sted).' }) locator!: string | null;
  @Field(() => String, { nullable: true }) url!: string | null;
}

@ObjectType({ implements: () => [Assertion], description: 'How a dispute ended (avgjørelse).' })
export class EvidenceSettlement {
  @Field(() => DisputeOutcomeEnum) outcome!: DisputeOutcome;
  @Field(() => String, { nullable: true }) text!: string | null;
}

@ObjectType({ implements: () => [Assertion], description: 'What somebody holds against a claim (innsigelse).' })
export class EvidenceDispute {
  @Field(() => String) text!: string;
  @Field(() => ID, { nullable: true, description: 'The key of the figure it is about; null: the claim as a whole.' }) value!: string | null;
}

@ObjectType({ implements: () => [Assertion], description: 'What whoever stated it has corrected (rettelse fra kilden).' })
export class EvidenceCorrection {
  @Field(() => String, { nullable: true, description: 'The claim as it has read since; null: only the figures changed.' })
  claim!: string | null;
  @Field(() => String, { nullable: true }) text!: string | null;
}

export const EvidenceConnection = connectionOf('Evidence', () => Evidence);
