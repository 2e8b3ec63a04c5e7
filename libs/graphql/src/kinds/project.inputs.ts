import { Field, InputType } from '@nestjs/graphql';
import type { Light } from '@saksgang/kinds';
import { GraphQLDay, GraphQLInstant } from '../scalars.js';
import { CommandInput, NewLink, PartialDateInput, PartyInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { LightEnum } from './project.types.js';

@InputType({ description: 'Record a project (prosjekt). `occurred`: when it started, as far as is known.' })
export class StartProjectInput extends CommandInput {
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => [String], { nullable: true, description: 'Other names in use (også kalt).' }) aliases?: string[] | null;
  @Field(() => [PartyInput], { nullable: true, description: 'Initiativtakere.' }) initiators?: PartyInput[] | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'From–to, where known (periode).' }) period?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: 'ISO 8601, `P2Y` for «2-årig» (varighet).' }) duration?: string | null;
  @Field(() => PartyInput, { nullable: true, description: 'Styringsgruppe.' }) steeringGroup?: PartyInput | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnProjectInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which project.' }) project!: ItemRef;
}

@InputType({ description: 'The steering group met (møte).' })
export class HoldMeetingInput extends OnProjectInput {
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => GraphQLDay, { description: 'The day it was held; `occurred`, where omitted, is that day.' }) held!: string;
  @Field(() => GraphQLInstant, {
    nullable: true,
    description: 'What the group had been shown is the record as known then; omitted: as known just before this entry.',
  })
  shownAt?: string | null;
}

@InputType({ description: 'A traffic light with its reason and what is done about it.' })
export class StatusAssessmentInput {
  @Field(() => LightEnum) light!: Light;
  @Field(() => String, { nullable: true, description: 'Why (begrunnelse).' }) reason?: string | null;
  @Field(() => String, { nullable: true, description: 'What is done about it (tiltak).' }) action?: string | null;
}

@InputType({ description: 'A status report (statusrapport). A dimension that is left out has not been assessed.' })
export class ReportProjectStatusInput extends OnProjectInput {
  @Field(() => StatusAssessmentInput, { nullable: true, description: 'Framdrift.' }) progress?: StatusAssessmentInput | null;
  @Field(() => StatusAssessmentInput, { nullable: true, description: 'Økonomi.' }) economy?: StatusAssessmentInput | null;
  @Field(() => StatusAssessmentInput, { nullable: true, description: 'Kvalitet.' }) quality?: StatusAssessmentInput | null;
  @Field(() => StatusAssessmentInput, { nullable: true, description: 'Risiko.' }) risk?: StatusAssessmentInput | null;
  @Field(() => String, { nullable: true, description: 'Sammendrag.' }) summary?: string | null;
}

@InputType({ description: 'The project is over (avsluttet).' })
export class CloseProjectInput extends OnProjectInput {}
