import { Field, ID, InputType } from '@nestjs/graphql';
import type { DisputeOutcome } from '@saksgang/kinds';
import { CommandInput, NewLink, PartialDateInput, PartyInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { DisputeOutcomeEnum } from './evidence.types.js';

@InputType({ description: 'A figure of a claim (tall). `value` or `asWritten`, or both.' })
export class EvidenceValueInput {
  @Field(() => String, { nullable: true, description: 'A decimal or a ratio as text: `290000`, `42.5`, `1/3`.' }) value?: string | null;
  @Field(() => String, { nullable: true, description: 'In the source’s own words: «1 av 3» (slik det står).' }) asWritten?: string | null;
  @Field(() => String, { nullable: true, description: 'Måleenhet.' }) unit?: string | null;
  @Field(() => String, { nullable: true, description: 'Of whom or what (populasjon).' }) population?: string | null;
  @Field(() => String, { nullable: true, description: 'Land eller område; omitted: the source does not say.' }) jurisdiction?:
    string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'År; omitted: the source does not say.' }) year?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: '«et estimat» (forbehold).' }) qualifier?: string | null;
}

@InputType({ description: 'A figure as it has been corrected.' })
export class CorrectedEvidenceValueInput extends EvidenceValueInput {
  @Field(() => ID, { nullable: true, description: 'The key of the figure it takes the place of; omitted: a new one.' }) key?: string | null;
}

@InputType({ description: 'A link of a source chain (ledd i kildekjeden). At least one field.' })
export class EvidenceSourceInput {
  @Field(() => PartyInput, { nullable: true, description: 'Who said it (hvem).' }) by?: PartyInput | null;
  @Field(() => ItemRef, { nullable: true, description: 'A recorded document; where no title is given, its own is taken.' })
  document?: ItemRef | null;
  @Field(() => String, { nullable: true, description: 'Title of the document (tittel).' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'Its reference, as printed (referanse).' }) reference?: string | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'The date printed on it (datert).' }) dated?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: 'Where in it (sted).' }) locator?: string | null;
  @Field(() => String, { nullable: true }) url?: string | null;
}

@InputType({
  description: 'Record a claim that something may rest on (føre opp kunnskapsgrunnlag). `source`: where the record has it from.',
})
export class StateEvidenceInput extends CommandInput {
  @Field(() => String, { description: 'The claim, verbatim (ordrett).' }) claim!: string;
  @Field(() => String, { nullable: true, description: 'The text that stands by the figure (bildetekst).' }) caption?: string | null;
  @Field(() => [EvidenceValueInput], { nullable: true, description: 'Tall.' }) values?: EvidenceValueInput[] | null;
  @Field(() => [EvidenceSourceInput], {
    nullable: true,
    description: 'Who reported whom, from the origin to where it was read (kildekjede). Omitted: it is UNSOURCED.',
  })
  chain?: EvidenceSourceInput[] | null;
  @Field(() => [ItemRef], { nullable: true, description: 'Projects it belongs to.' }) projects?: ItemRef[] | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnEvidenceInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which claim.' }) evidence!: ItemRef;
}

@InputType({ description: 'More of the source chain has been found (legge til kilder).' })
export class SourceEvidenceInput extends OnEvidenceInput {
  @Field(() => [EvidenceSourceInput], { description: 'From the one nearest to the origin.' }) sources!: EvidenceSourceInput[];
  @Field(() => ID, {
    nullable: true,
    description: 'They stand nearer to the origin than the source of this key; omitted: after all others, nearest to us.',
  })
  before?: string | null;
}

@InputType({ description: 'Somebody disputes the claim (bestride). `assertedBy` says who.' })
export class DisputeEvidenceInput extends OnEvidenceInput {
  @Field(() => String, { description: 'What they say.' }) text!: string;
  @Field(() => ID, { nullable: true, description: 'The key of the figure it is about; omitted: the claim as a whole.' })
  value?: string | null;
}

@InputType({ description: 'A dispute has ended (avgjøre innsigelse).' })
export class SettleEvidenceDisputeInput extends CommandInput {
  @Field(() => ID, { description: 'The id of the dispute, from `disputes`.' }) dispute!: string;
  @Field(() => DisputeOutcomeEnum) outcome!: DisputeOutcome;
  @Field(() => String, { nullable: true }) text?: string | null;
}

@InputType({
  description: 'Whoever stated it says it otherwise now (rettelse fra kilden). A mistake of the record is set right by `correctEntry`.',
})
export class CorrectEvidenceInput extends OnEvidenceInput {
  @Field(() => String, { nullable: true, description: 'The claim as it now reads, verbatim; omitted: as before.' }) claim?: string | null;
  @Field(() => [CorrectedEvidenceValueInput], { nullable: true, description: 'All its figures as they now are; omitted: as before.' })
  values?: CorrectedEvidenceValueInput[] | null;
  @Field(() => String, { nullable: true, description: 'What is said of the correction.' }) text?: string | null;
}

@InputType({ description: 'A newer claim takes its place (avløse).' })
export class SupersedeEvidenceInput extends OnEvidenceInput {
  @Field(() => ItemRef, { description: 'The claim that supersedes it.' }) by!: ItemRef;
}
