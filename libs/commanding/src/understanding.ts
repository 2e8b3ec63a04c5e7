import { kindOf, LIST_MAX, type AnyKind, type CommandSpec, type Issue, type ItemId, type Refusal, type Registry } from '@saksgang/kernel';
import { inputDigest, itemIdFor } from '@saksgang/record';
import { readGiven, type Given } from './given.js';
import { commandIdIssues, isItemId, revisionIssues } from './invalid.js';
import { specOf, type Policy } from './policy.js';
import { unknownItem, wrongKind } from './refusals.js';
import type { Submission, SubmitOutcome } from './submission.js';

type Fields = Readonly<Record<string, unknown>>;

/** A submission that may be worked on: its shape is right, its actor may say it. Nothing has been read for it yet. */
export type Work = Readonly<{
  submission: Submission;
  kind: AnyKind;
  spec: CommandSpec;
  /** One of the commands that every kind understands. */
  shared: boolean;
  item: ItemId;
  given: Given;
  /** `occurred`, `assertedBy`, `source` and `reason` as given. */
  envelope: Fields;
  /** The command's own fields as given, `links` of a founding command taken out. */
  data: Fields;
  links: readonly Fields[];
  inputDigest: string;
}>;

const invalid = (issues: readonly Issue[]): SubmitOutcome => ({ outcome: 'invalid', issues });
const refused = (refusal: Refusal): SubmitOutcome => ({ outcome: 'refused', refusal, item: null, state: null, retryAfterMs: null });

/** Shape, then policy: what needs no reading comes before any. The commandId is taken in NFC: ids that look alike are one. */
export const understand = (registry: Registry, policy: Policy, given: Submission): Work | SubmitOutcome => {
  const submission = { ...given, commandId: given.commandId.normalize('NFC') };
  const issues = [...commandIdIssues(submission.commandId), ...revisionIssues(submission.expectedRevision)];
  if (issues.length > 0) return invalid(issues);
  const { item, type } = submission;
  if (item !== null && !isItemId(registry, item)) return refused(unknownItem(['input'], item));
  const shared = Object.hasOwn(registry.shared.commands, type);
  const name = shared && item !== null ? kindOf(item) : submission.kind;
  const forbidden = policy(submission.actor, name, type);
  if (forbidden !== null) return refused(forbidden);
  const kind = registry.kinds.get(name);
  const spec = specOf(registry, name, type);
  // A policy of its own may allow what no kind knows.
  if (kind === undefined || spec === null)
    return invalid([{ path: ['input'], code: 'UNKNOWN_COMMAND', message: `${type} is no command of ${name}` }]);
  if (spec.founding !== (item === null)) return invalid([itemIssue(spec.founding)]);
  if (item !== null && kindOf(item) !== name)
    return refused(wrongKind(['input'], item, registry.kinds.get(kindOf(item))!.label, [kind.label]));
  return prepare(submission, kind, spec, shared);
};

const itemIssue = (founding: boolean): Issue => ({
  path: ['input', 'item'],
  code: founding ? 'UNKNOWN_FIELD' : 'REQUIRED',
  message: founding ? 'must be left out: a new item gets its id from the commandId' : 'is missing: say which item',
});

const prepare = (submission: Submission, kind: AnyKind, spec: CommandSpec, shared: boolean): Work | SubmitOutcome => {
  const { occurred, assertedBy, source, reason, commandId, type } = submission;
  const given = readGiven([{ occurred, assertedBy, source, reason }, submission.data]);
  const [envelope = {}, whole = {}] = given.parts;
  const { links, ...unlinked } = whole;
  const data = spec.founding ? unlinked : whole;
  const issues = [...given.issues, ...(spec.founding ? linksIssues(links) : [])];
  if (issues.length > 0) return invalid(issues);
  return {
    submission,
    kind,
    spec,
    shared,
    item: submission.item ?? itemIdFor(kind.name, commandId),
    given,
    envelope,
    data,
    links: spec.founding ? ((links ?? []) as readonly Fields[]) : [],
    // The expected revision is a condition, not content: a retry may have read again in between.
    inputDigest: inputDigest({ kind: kind.name, type, item: submission.item, envelope, data: whole }),
  };
};

const linksIssues = (links: unknown): readonly Issue[] => {
  const issue = (code: string, message: string): readonly Issue[] => [{ path: ['input', 'links'], code, message }];
  if (links === undefined || links === null) return [];
  if (!Array.isArray(links)) return issue('BAD_VALUE', 'must be a list');
  if (links.length > LIST_MAX) return issue('TOO_MANY', `holds ${links.length} elements: at most ${LIST_MAX} are allowed`);
  const odd = links.findIndex((link) => typeof link !== 'object' || link === null || Array.isArray(link));
  return odd < 0 ? [] : [{ path: ['input', 'links', String(odd)], code: 'BAD_VALUE', message: 'must be an object' }];
};
