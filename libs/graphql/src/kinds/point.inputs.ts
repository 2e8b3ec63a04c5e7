import { Field, InputType } from '@nestjs/graphql';
import type { PointClosure, VerdictOutcome } from '@saksgang/kinds';
import { CommandInput, PartialDateInput, PartyInput } from '../writing/command.types.js';
import { PartRef } from '../writing/reference.types.js';
import { PointClosureEnum, VerdictOutcomeEnum } from './resolution.enums.js';

@InputType({ isAbstract: true })
abstract class OnPointInput extends CommandInput {
  @Field(() => PartRef, { description: 'Which point.' }) point!: PartRef;
}

@InputType({ description: 'Give a point an owner and a deadline (fordele).' })
export class AssignPointInput extends OnPointInput {
  @Field(() => PartyInput, { description: 'Who is to carry it out (ansvarlig).' }) owner!: PartyInput;
  @Field(() => PartialDateInput, { nullable: true, description: 'Frist.' }) deadline?: PartialDateInput | null;
}

@InputType({ description: 'Work on a point has begun (under arbeid).' })
export class StartPointInput extends OnPointInput {
  @Field(() => String, { nullable: true, description: 'What has begun.' }) text?: string | null;
}

@InputType({ description: 'Report back on a point (rapportere).' })
export class ReportPointInput extends OnPointInput {
  @Field(() => String) text!: string;
}

@InputType({ description: 'Close a point (avslutte): carried out, replaced or lapsed.' })
export class ClosePointInput extends OnPointInput {
  @Field(() => PointClosureEnum) closedAs!: PointClosure;
  @Field(() => PartRef, { nullable: true, description: 'Given exactly when it is REPLACED.' }) replacedBy?: PartRef | null;
  @Field(() => VerdictOutcomeEnum, { nullable: true, description: 'What came of it, in the recorder’s own judgement; then give a reason.' })
  verdict?: VerdictOutcome | null;
}

@InputType({ description: 'Take a closed point up again (gjenåpne). `reason` says why.' })
export class ReopenPointInput extends OnPointInput {}

@InputType({ description: 'Judge what came of a point (vurdere). Who judges is `assertedBy`, why is `reason`.' })
export class JudgePointInput extends OnPointInput {
  @Field(() => VerdictOutcomeEnum) outcome!: VerdictOutcome;
}
