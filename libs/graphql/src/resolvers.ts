import { AgreementCommandsResolver } from './kinds/agreement.commands.resolver.js';
import { AccessionResolver, AgreementResolver, AgreementSignatureResolver } from './kinds/agreement.resolver.js';
import { BodyCommandsResolver } from './kinds/body.commands.resolver.js';
import { BodyResolver } from './kinds/body.resolver.js';
import { ConsultationCommandsResolver } from './kinds/consultation.commands.resolver.js';
import {
  ConsultationContributionResolver,
  ConsultationCoverageResolver,
  ConsultationFeedbackResolver,
  ConsultationReportResolver,
  ConsultationResolver,
  InvitedGroupResolver,
} from './kinds/consultation.resolver.js';
import { DocumentCommandsResolver } from './kinds/document.commands.resolver.js';
import { AttachmentResolver, CitationResolver, DocumentResolver, SignatoryResolver } from './kinds/document.resolver.js';
import { EvidenceCommandsResolver } from './kinds/evidence.commands.resolver.js';
import {
  EvidenceDisputeResolver,
  EvidenceResolver,
  EvidenceSettlementResolver,
  EvidenceSourceResolver,
  EvidenceValueResolver,
} from './kinds/evidence.resolver.js';
import { AssertionResolver, PersonResolver } from './kinds/party.resolver.js';
import { MilestoneCommandsResolver } from './kinds/milestone.commands.resolver.js';
import { MilestoneResolver } from './kinds/milestone.resolver.js';
import { PlanCommandsResolver } from './kinds/plan.commands.resolver.js';
import { PlanResolver } from './kinds/plan.resolver.js';
import { PointCommandsResolver } from './kinds/point.commands.resolver.js';
import { PointResolver, VerdictResolver } from './kinds/point.resolver.js';
import { ProjectCommandsResolver } from './kinds/project.commands.resolver.js';
import { MeetingResolver, ProjectResolver } from './kinds/project.resolver.js';
import { ResolutionCommandsResolver } from './kinds/resolution.commands.resolver.js';
import { ResolutionResolver } from './kinds/resolution.resolver.js';
import { ResultGoalCommandsResolver } from './kinds/result-goal.commands.resolver.js';
import { IndicatorResolver, ResultGoalResolver } from './kinds/result-goal.resolver.js';
import { SharedCommandsResolver } from './kinds/shared.resolver.js';
import { DissentResolver, TextVariantResolver, VoteResolver } from './kinds/vote.resolver.js';
import { WhitePaperCommandsResolver } from './kinds/white-paper.commands.resolver.js';
import { RapporteurResolver, WhitePaperOrderResolver, WhitePaperResolver, WhitePaperStepResolver } from './kinds/white-paper.resolver.js';
import { ConflictResolver, ProblemResolver, ReceiptResolver, RecordedResolver, RefusedResolver } from './outcome.resolver.js';
import { PartialDateResolver } from './reading/date.resolver.js';
import { ChangeResolver, DiffResolver } from './reading/diff.resolver.js';
import { DraftDoubtResolver, DraftResolver } from './reading/draft.resolver.js';
import { ErasedResolver, ErasureResolver, PersonsResolver } from './persons/persons.resolver.js';
import { ActorResolver, EntryResolver, FieldChangeResolver } from './reading/entry.resolver.js';
import { FollowUpResolver } from './reading/follow-ups.resolver.js';
import { GapResolver } from './reading/gaps.resolver.js';
import { AccessLogResolver, AccessResolver } from './reading/access-log.resolver.js';
import { ItemResolver, ShieldedItemResolver } from './reading/item.resolver.js';
import { LinkResolver } from './reading/link.resolver.js';
import { NodeResolver } from './reading/node.resolver.js';
import { InclusionProofResolver, RecordProblemResolver, RecordResolver } from './reading/record.resolver.js';
import { SearchResolver } from './reading/search.resolver.js';
import { SourceResolver } from './reading/source.resolver.js';
import { KindStatusResolver, LateResolver, StateCountResolver, StatusResolver, UpcomingResolver } from './reading/status.resolver.js';
import { TimelineResolver } from './reading/timeline.resolver.js';
import {
  ItemTraceResolver,
  PointTraceResolver,
  TraceEdgeResolver,
  TraceEndResolver,
  TraceNodeResolver,
  TraceResolver,
} from './reading/trace.resolver.js';

/** Every resolver of the schema: what the module serves and what the SDL is printed from. */
export const RESOLVERS = [
  NodeResolver,
  ItemResolver,
  ShieldedItemResolver,
  TimelineResolver,
  FollowUpResolver,
  StatusResolver,
  KindStatusResolver,
  StateCountResolver,
  LateResolver,
  UpcomingResolver,
  GapResolver,
  DiffResolver,
  ChangeResolver,
  EntryResolver,
  ActorResolver,
  FieldChangeResolver,
  LinkResolver,
  SourceResolver,
  DraftResolver,
  DraftDoubtResolver,
  SearchResolver,
  RecordResolver,
  RecordProblemResolver,
  InclusionProofResolver,
  TraceResolver,
  ItemTraceResolver,
  PointTraceResolver,
  TraceNodeResolver,
  TraceEdgeResolver,
  TraceEndResolver,
  PartialDateResolver,
  AssertionResolver,
  PersonResolver,
  ResolutionResolver,
  PointResolver,
  VerdictResolver,
  VoteResolver,
  DissentResolver,
  TextVariantResolver,
  BodyResolver,
  ProjectResolver,
  MeetingResolver,
  ResultGoalResolver,
  IndicatorResolver,
  EvidenceResolver,
  EvidenceValueResolver,
  EvidenceSourceResolver,
  EvidenceDisputeResolver,
  EvidenceSettlementResolver,
  WhitePaperResolver,
  WhitePaperStepResolver,
  RapporteurResolver,
  WhitePaperOrderResolver,
  MilestoneResolver,
  PlanResolver,
  ConsultationResolver,
  ConsultationContributionResolver,
  ConsultationReportResolver,
  ConsultationFeedbackResolver,
  ConsultationCoverageResolver,
  InvitedGroupResolver,
  AgreementResolver,
  AgreementSignatureResolver,
  AccessionResolver,
  DocumentResolver,
  SignatoryResolver,
  AttachmentResolver,
  CitationResolver,
  RecordedResolver,
  ReceiptResolver,
  ProblemResolver,
  RefusedResolver,
  ConflictResolver,
  SharedCommandsResolver,
  ResolutionCommandsResolver,
  PointCommandsResolver,
  BodyCommandsResolver,
  ProjectCommandsResolver,
  MilestoneCommandsResolver,
  PlanCommandsResolver,
  ResultGoalCommandsResolver,
  EvidenceCommandsResolver,
  WhitePaperCommandsResolver,
  ConsultationCommandsResolver,
  AgreementCommandsResolver,
  DocumentCommandsResolver,
  PersonsResolver,
  ErasureResolver,
  ErasedResolver,
  AccessLogResolver,
  AccessResolver,
];
