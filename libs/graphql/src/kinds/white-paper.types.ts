import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { WhitePaperStage } from '@saksgang/kinds';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Assertion } from './party.types.js';
import { WhitePaperStageEnum } from './white-paper.enums.js';

@ObjectType({ implements: () => [Item, Node], description: 'A white paper, from its announcement to its follow-up (stortingsmelding).' })
export class WhitePaper {}

@ObjectType({
  implements: () => [Assertion],
  description: 'A stage a white paper has reached: `occurred` says when. What the source does not say is null (trinn).',
})
export class WhitePaperStep {
  @Field(() => WhitePaperStageEnum) stage!: WhitePaperStage;
  @Field(() => Int, { nullable: true, description: 'Of PRESENTED: numbers restart with each session (nummer).' }) number!: number | null;
  @Field(() => String, { nullable: true, description: 'Of PRESENTED: `2018–2019` (stortingssesjon).' }) session!: string | null;
  @Field(() => String, { nullable: true, description: 'Of PRESENTED: the title printed on the paper (tittel).' }) title!: string | null;
  @Field(() => String, { nullable: true, description: 'What the source says of it (tekst).' }) text!: string | null;
}

@ObjectType({ description: 'Who speaks for a committee on a paper (saksordfører).' })
export class Rapporteur {
  @Field(() => String, { nullable: true, description: 'The political party beside the name, as printed (parti).' }) party!: string | null;
}

@ObjectType({
  implements: () => [Assertion],
  description: 'An order the paper is to answer; it stands to be judged, however the paper ends (bestilling, anmodningsvedtak).',
})
export class WhitePaperOrder {
  @Field(() => String, { description: 'Its number among the orders of this paper, «1»: what `judgeWhitePaper` and links take.' })
  order!: string;
  @Field(() => String, { description: 'Verbatim (ordrett).' }) text!: string;
  @Field(() => String, { nullable: true, description: 'As printed: `vedtak 897` (referanse).' }) reference!: string | null;
}

export const WhitePaperConnection = connectionOf('WhitePaper', () => WhitePaper);
