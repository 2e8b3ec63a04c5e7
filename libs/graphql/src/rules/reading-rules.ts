import type { Role } from '@saksgang/kernel';

/**
 * THE table of reading: who sees which field. Default deny: a field that is not here does not come into the schema, which does not
 * come up. Commands are in the same way said by those that their specs name. Whether an item is published is judged elsewhere: this
 * is who may ask at all.
 */

/** Whom a rule lets see. Without a credential one reads as the public does. */
export const READERS = {
  everybody: ['public', 'steering', 'secretariat', 'auditor', 'admin'],
  /** Notes, and names of persons. */
  insiders: ['steering', 'secretariat', 'auditor', 'admin'],
  /** Who was erased, and on what ground. */
  overseers: ['secretariat', 'auditor', 'admin'],
  /** Who has read what is personal or shielded. */
  auditors: ['auditor', 'admin'],
  /** Who goes by a name. */
  keepers: ['secretariat', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Rule = keyof typeof READERS;
export const RULES = Object.keys(READERS) as readonly Rule[];

/** Names of fields by rule, with spaces between. */
export type FieldRules = Readonly<Partial<Record<Rule, string>>>;

const ITEM =
  'attention history id kind kindLabel links occurred projects publication recordedAt reference revision shields state stateLabel timeline title trace updatedAt';
const ASSERTION = 'assertedBy entry id occurred source';
const PAGED =
  'Access Agreement Body Change Checkpoint Consultation Document Entry Erasure Evidence FollowUp Item Link Milestone Plan Point Project Resolution ResultGoal Search Timeline WhitePaper';

/** Pages tell no more than what is on them. */
const PAGES: Readonly<Record<string, FieldRules>> = Object.fromEntries(
  PAGED.split(' ').flatMap((name) => [
    [`${name}Connection`, { everybody: 'edges nodes pageInfo position totalCount' }],
    [`${name}Edge`, { everybody: 'cursor node' }],
  ]),
);

export const READING: Readonly<Record<string, FieldRules>> = {
  ...PAGES,
  Access: { auditors: 'actor at id item operation request role what' },
  Accession: { everybody: `${ASSERTION} party` },
  Actor: { everybody: 'actorKind id role', insiders: 'name' },
  Agreement: {
    everybody: `${ITEM} accessions agreementGoals agreementType agreementTypeLabel buildsOn ended inForceSince openEnded parties period purpose signatures signed versions`,
    insiders: 'notes',
  },
  AgreementGoal: { everybody: 'key text' },
  AgreementSignature: { everybody: 'party role', insiders: 'person' },
  AgreementVersion: { everybody: `${ASSERTION} period text version` },
  Assessment: { everybody: `${ASSERTION} light progress text` },
  Attachment: { everybody: 'document entry key title' },
  Body: { everybody: `${ITEM} aliases claims ended mergedIntoBody name names parentBody period`, insiders: 'notes' },
  BodyName: { everybody: 'name since' },
  Change: { everybody: 'causedBy change fields item part point' },
  Checkpoint: { everybody: 'note origin root signedAt size' },
  Citation: { everybody: 'entry key locator text' },
  Claim: { everybody: `${ASSERTION} claim` },
  ClosedValue: { everybody: 'sealed why' },
  Conflict: { everybody: 'actualRevision code expectedRevision message since whatToDo' },
  ConsistencyProof: { everybody: 'from hashes to' },
  Consultation: {
    everybody: `${ITEM} closed consultationReports coverage deadline feedback inputCount inputs invited openEnded opened purpose questions`,
    insiders: 'notes',
  },
  ConsultationContribution: { everybody: `${ASSERTION} afterClosing from question text theme` },
  ConsultationCoverage: { everybody: 'answered groups invited others unknown' },
  ConsultationFeedback: { everybody: `${ASSERTION} openEnded text to` },
  ConsultationQuestion: { everybody: 'key text' },
  ConsultationReport: { everybody: `${ASSERTION} document text title` },
  Diff: { everybody: 'changes from to' },
  DiffEnd: { everybody: 'position validAt' },
  DiffPart: { everybody: 'diffType text' },
  Disclosure: { insiders: 'salt sealed value' },
  Dissent: { everybody: 'party text' },
  Document: {
    everybody: `${ITEM} archiveCode attachments blankFields caseReference citations dated documentNumber documentType documentTypeLabel fileHash openEnded recipients recipientsAsWritten sender signatories theirReference`,
    insiders: 'caseOfficer notes',
  },
  DraftDoubt: { everybody: 'line path what' },
  DraftLine: { everybody: 'line text' },
  DraftPoint: { everybody: 'label lines path pointKind points text' },
  Entry: {
    everybody:
      'actor assertedBy changes commandId correctedBy corrects id item occurred position proof reason recordedAt removed source title type version',
  },
  Erased: { everybody: 'erasure replayed' },
  Erasure: { overseers: 'actor decidedBy id leafHash legalBasis occurred personId position proof recordedAt' },
  Evidence: {
    everybody: `${ITEM} caption chain claim corrections disputes evidenceFor evidenceStatus evidenceStatusLabel supersededByEvidence values`,
    insiders: 'notes',
  },
  EvidenceCorrection: { everybody: `${ASSERTION} claim text` },
  EvidenceDispute: { everybody: `${ASSERTION} settlement text value` },
  EvidenceSettlement: { everybody: `${ASSERTION} outcome outcomeLabel text` },
  EvidenceSource: { everybody: 'by dated document key locator reference title url' },
  EvidenceValue: { everybody: 'asWritten jurisdiction key label population qualifier unit value year' },
  FieldChange: { everybody: 'after before label path summary words' },
  FollowUp: {
    everybody: 'body caseReference closedAs daysOverdue deadline decided lastReport owner point resolution verdicts',
    insiders: 'caseOfficer remark',
  },
  Gap: { everybody: 'closedBy item point rule what' },
  InclusionProof: { everybody: 'checkpoint closed hashes index leaf leafHash size', insiders: 'disclosures' },
  Indicator: { everybody: 'baseline key latest measurements name reached target unit' },
  IndicatorBaseline: { everybody: 'asWritten at value' },
  IndicatorTarget: { everybody: 'aim asWritten by value' },
  Invalid: { everybody: 'code issues message whatToDo' },
  InvitedGroup: { everybody: 'inputs party' },
  Issue: { everybody: 'code message path' },
  KindStatus: { everybody: 'computedLights kind label lights states total' },
  KnownPerson: { keepers: 'personId' },
  Late: { everybody: 'daysLate due item owner point what' },
  LightCount: { everybody: 'count light' },
  Link: {
    everybody:
      'assertedBy declared direction entry from fromPart fromPoint id other period relation relationLabel source to toPart toPoint',
  },
  Measurement: { everybody: `${ASSERTION} asWritten at text value` },
  Meeting: { everybody: 'changesSince held id position title' },
  Milestone: {
    everybody: `${ITEM} actual actualHistory baseline baselineHistory computedLight dependsOn deviationDays forecast forecastHistory light owner project`,
    insiders: 'notes',
  },
  NamedParty: { everybody: 'name' },
  Note: { insiders: `${ASSERTION} part recordedAt text` },
  PageInfo: { everybody: 'endCursor hasNextPage hasPreviousPage startCursor' },
  PartialDate: { everybody: 'asWritten earliest label latest precision text' },
  Person: { everybody: 'personId', insiders: 'personName' },
  Plan: { everybody: `${ITEM} ended inForceSince owner period planGoals succeededBy`, insiders: 'notes' },
  PlanGoal: { everybody: 'key label text' },
  PlannedDate: { everybody: `${ASSERTION} date reason` },
  Point: {
    everybody:
      'addressees closedAs closedAsLabel daysOverdue deadline depth id label links note openEnded owner parent path pointKind pointKindLabel pointState pointStateLabel replacedBy reports resolution role shield struck text trace verdicts',
  },
  PointDraft: { everybody: 'doubts outside points' },
  Project: {
    everybody: `${ITEM} aliases duration durationLabel ended initiators lastMeeting meetings period statusReports steeringGroup`,
    insiders: 'notes',
  },
  Publication: { everybody: 'at withHistory' },
  Query: {
    everybody:
      'agreements bodies byReference consultations diff documents draftPoints evidences followUps gaps history items milestones node nodes plans projects record resolutions resultGoals search status timeline trace whitePapers',
    overseers: 'erasures',
    auditors: 'accessLog',
    keepers: 'persons',
  },
  Rapporteur: { everybody: 'party', insiders: 'person' },
  Receipt: { everybody: 'entry leafHash position text' },
  Record: { everybody: 'checkpoint checkpoints consistencyProof inclusionProof key origin verification' },
  RecordProblem: { everybody: 'code message whatToDo' },
  Recorded: { everybody: 'entries item position receipt replayed revision' },
  Refused: { everybody: 'allowed candidates code message retryAfterMs state whatToDo' },
  Report: { everybody: `${ASSERTION} text` },
  Resolution: {
    everybody: `${ITEM} amendedBy body caseReference decided meeting point points repealedBy resolutionType resolutionTypeLabel supersededBy variants votes`,
    insiders: 'caseOfficer notes',
  },
  ResultGoal: {
    everybody: `${ITEM} assessments code computedLight evidence indicators level levelLabel light progress project status text`,
    insiders: 'notes',
  },
  SealedText: { everybody: 'sealedState value' },
  SearchEdge: { everybody: 'cursor node point snippet' },
  Shield: { everybody: 'at legalBasis part until' },
  ShieldedItem: { everybody: ITEM, insiders: 'notes' },
  Signatory: { everybody: 'body mark role', insiders: 'person' },
  Source: { everybody: 'dated document locator reference title url' },
  StateCount: { everybody: 'count items label state' },
  StatusAssessment: { everybody: 'action light reason' },
  StatusBoard: { everybody: 'attention kinds late next position project' },
  StatusReport: { everybody: `${ASSERTION} economy progress quality risk summary` },
  Subscription: { everybody: 'entries timeline' },
  TextVariant: { everybody: 'diff entry id medium mediumLabel occurred source text title' },
  TimelineChange: { everybody: 'position put removed' },
  TimelineEntry: {
    everybody:
      'assertedBy corrected corrections description id item nature occurred point position reachedThrough recordedAt source title type',
  },
  TraceEdge: { everybody: 'assertedBy from period relation relationLabel source to' },
  TraceEnd: { everybody: 'assertedBy code end item label node point' },
  TraceGraph: { everybody: 'edges ends nodes truncated' },
  TraceNode: { everybody: 'distance id item point' },
  Upcoming: { everybody: 'date item point what' },
  Verdict: { everybody: `${ASSERTION} outcome outcomeLabel reason` },
  Verification: { everybody: 'checkpoints problem signer size state stopped verifiedAt' },
  Vote: { everybody: 'abstained against dissents entry id inFavour point source unanimous' },
  WhitePaper: {
    everybody: `${ITEM} answers debated mergedInto ministry ministryParty name number orders planHistory planned presented printedTitle recommendation session slipDays stage stages supersededByPaper verdicts whitePaperType whitePaperTypeLabel`,
    insiders: 'notes',
  },
  WhitePaperOrder: { everybody: `${ASSERTION} givenBy order orderedBy reference text verdicts` },
  WhitePaperStep: { everybody: `${ASSERTION} committee number presentedBy rapporteurs reference session stage stageLabel text title` },
};
