import { Field, InputType, Int } from '@nestjs/graphql';
import type { PointKind, RecordedAs, ResolutionType, TextMedium } from '@saksgang/kinds';
import { CommandInput, NewLink, PartyInput, PersonInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { PointChangeTypeEnum, PointKindEnum, RecordedAsEnum, ResolutionTypeEnum, TextMediumEnum } from './resolution.enums.js';

@InputType({ description: 'A point as the document prints it, with the points below it (punkt).' })
export class PointInput {
  @Field(() => String, { nullable: true, description: 'What is printed («2», «a)»); omitted where nothing is.' }) label?: string | null;
  @Field(() => PointKindEnum) pointKind!: PointKind;
  @Field(() => String, { description: 'Verbatim (ordrett).' }) text!: string;
  @Field(() => String, { nullable: true, description: 'In what role, where the point itself says so (rolle).' }) role?: string | null;
  @Field(() => [PartyInput], { nullable: true, description: 'Whom it is addressed to (adressater).' }) addressees?: PartyInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'The list of addressees is open («og andre»).' })
  openEnded?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Your note on the reading (merknad).' }) note?: string | null;
  @Field(() => [PointInput], { nullable: true, description: 'The points below it.' }) points?: PointInput[] | null;
}

@InputType({ description: 'Record a resolution, a statement or a position, every point verbatim. `occurred`: when the body decided.' })
export class RecordResolutionInput extends CommandInput {
  @Field(() => ResolutionTypeEnum) resolutionType!: ResolutionType;
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => PartyInput, { description: 'Who decided (organ).' }) body!: PartyInput;
  @Field(() => String, { nullable: true, description: 'Its own case reference, as printed (saksreferanse).' }) caseReference?:
    string | null;
  @Field(() => String, { nullable: true, description: 'The meeting that decided, in the source’s words (møte).' }) meeting?: string | null;
  @Field(() => PersonInput, { nullable: true, description: 'Saksbehandler.' }) caseOfficer?: PersonInput | null;
  @Field(() => RecordedAsEnum, { nullable: true, defaultValue: 'ADOPTED' }) recordedAs?: RecordedAs | null;
  @Field(() => [ItemRef], { nullable: true, description: 'The projects it belongs to (prosjekter).' }) projects?: ItemRef[] | null;
  @Field(() => [PointInput], { description: 'Its points, in document order (punkter).' }) points!: PointInput[];
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnResolutionInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which resolution.' }) resolution!: ItemRef;
}

@InputType({ description: 'A proposed resolution was adopted (vedtatt).' })
export class AdoptResolutionInput extends OnResolutionInput {
  @Field(() => String, { nullable: true, description: 'The meeting that decided (møte).' }) meeting?: string | null;
}

@InputType({ description: 'What an amendment does to one point.' })
export class PointChangeInput {
  @Field(() => PointChangeTypeEnum) change!: 'REWORDED' | 'ADDED' | 'STRUCK';
  @Field(() => String, {
    nullable: true,
    description: 'REWORDED and STRUCK: the path of the point. ADDED: of the point above; omitted: at the top.',
  })
  point?: string | null;
  @Field(() => String, { nullable: true, description: 'REWORDED: the new text.' }) text?: string | null;
  @Field(() => PointInput, { nullable: true, description: 'ADDED: the new point, put last.' }) added?: PointInput | null;
}

@InputType({ description: 'A resolution was amended (endret).' })
export class AmendResolutionInput extends OnResolutionInput {
  @Field(() => ItemRef, { nullable: true, description: 'The resolution that amends it, where there is one.' }) by?: ItemRef | null;
  @Field(() => [PointChangeInput]) changes!: PointChangeInput[];
}

@InputType({ description: 'A resolution was superseded by another (avløst).' })
export class SupersedeResolutionInput extends OnResolutionInput {
  @Field(() => ItemRef, { description: 'The resolution that supersedes it.' }) by!: ItemRef;
}

@InputType({ description: 'A resolution was repealed (opphevet).' })
export class RepealResolutionInput extends OnResolutionInput {
  @Field(() => ItemRef, { nullable: true, description: 'The resolution that repeals it, where there is one.' }) by?: ItemRef | null;
}

@InputType({ description: 'All that a resolution asks for is closed (avslutte).' })
export class CloseResolutionInput extends OnResolutionInput {}

@InputType({ description: 'A dissent (dissens, protokolltilførsel).' })
export class DissentInput {
  @Field(() => PartyInput) party!: PartyInput;
  @Field(() => String, { nullable: true }) text?: string | null;
}

@InputType({ description: 'How the vote went (votering). Leave out what is not known.' })
export class RecordVoteInput extends OnResolutionInput {
  @Field(() => String, { nullable: true, description: 'The path of the point voted on; omitted: the whole.' }) point?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Enstemmig.' }) unanimous?: boolean | null;
  @Field(() => Int, { nullable: true, description: 'For.' }) inFavour?: number | null;
  @Field(() => Int, { nullable: true, description: 'Mot.' }) against?: number | null;
  @Field(() => Int, { nullable: true, description: 'Avholdende.' }) abstained?: number | null;
  @Field(() => [DissentInput], { nullable: true, description: 'Dissenser.' }) dissents?: DissentInput[] | null;
}

@InputType({ description: 'Another wording of the same decision, whole (tekstvariant). `source` says where it stands.' })
export class AddTextVariantInput extends OnResolutionInput {
  @Field(() => TextMediumEnum) medium!: TextMedium;
  @Field(() => String, { nullable: true }) title?: string | null;
  @Field(() => String) text!: string;
}
