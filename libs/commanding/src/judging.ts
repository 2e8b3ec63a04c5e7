import {
  osloDay,
  type Clock,
  type Envelope,
  type Issue,
  type KindCommand,
  type Refusal,
  type Registry,
  type SharedCommand,
  type TargetRef,
} from '@saksgang/kernel';
import { citing, documentsGiven } from './citing.js';
import { isCorrection, itemsSet, valuesInPlace } from './correcting.js';
import { decideOn, type Answer } from './deciding.js';
import { readEnvelope } from './envelope.js';
import { fillIn, type Filling } from './given.js';
import { underInput } from './invalid.js';
import { itemExists, unknownItem } from './refusals.js';
import type { SealedFor } from './sealing.js';
import type { Entries, Streams } from './streams.js';
import { findTargets, whyNotThere, type TargetsFound } from './targets.js';
import type { Work } from './understanding.js';

/** Items that one command may name, each of which is read and folded. */
export const ITEMS_NAMED_MAX = 1_000;

export type JudgingDeps = Readonly<{ registry: Registry; streams: Streams; clock: Clock }>;

const refused = (refusal: Refusal): Answer => ({ answer: 'refused', refusal });
const invalid = (issues: readonly Issue[]): Answer => ({ answer: 'invalid', issues });

/** From the input as given to what it would record: names and parties in place, parsed, its targets found, decided. */
export const judgeInput = async (deps: JudgingDeps, work: Work, entries: Entries, sealedFor: SealedFor): Promise<Answer> => {
  if (work.spec.founding && entries.length > 0) return refused(itemExists(work.item));
  if (!work.spec.founding && entries.length === 0) return refused(unknownItem(['input'], work.item));
  const parties = [
    ...work.given.bodies.map((body): TargetRef => ({ ...body, part: null, kinds: null })),
    ...itemsSet(deps.registry, work),
    ...documentsGiven(deps.registry, work),
  ];
  if (tooMany(parties)) return invalid([namesTooMany]);
  const bodies = await findTargets(deps.registry, deps.streams, parties);
  const missing = whyNotThere(deps.registry, parties, bodies);
  if (missing !== null) return refused(missing);

  const recordedAt = deps.clock.now();
  const parsed = parseAll(
    deps.registry,
    work,
    entries,
    { sealedFor, titleOf: (item) => bodies.get(item)?.title ?? item },
    bodies,
    osloDay(recordedAt),
  );
  if ('issues' in parsed) return invalid(parsed.issues);
  const refs = refsOf(deps.registry, work, parsed);
  if (tooMany(refs)) return invalid([namesTooMany]);
  const targets = await findTargets(deps.registry, deps.streams, refs, bodies);
  const notThere = whyNotThere(deps.registry, refs, targets);
  return notThere !== null
    ? refused(notThere)
    : decideOn({ ...questionOf(deps, work, entries, parsed.envelope, targets, recordedAt), ...parsed });
};

const tooMany = (refs: readonly TargetRef[]): boolean =>
  refs.length > ITEMS_NAMED_MAX && new Set(refs.map((ref) => ref.item)).size > ITEMS_NAMED_MAX;
const namesTooMany: Issue = { path: ['input'], code: 'TOO_MANY', message: `names more than ${ITEMS_NAMED_MAX} items: divide the command` };

type ParsedInput = Readonly<{ envelope: Envelope; command: KindCommand; links: readonly SharedCommand[] }>;

/** Every issue of envelope, command and links at once, so that nobody has to mend them one by one. */
const parseAll = (
  registry: Registry,
  work: Work,
  entries: Entries,
  filling: Filling,
  found: TargetsFound,
  today: string,
): ParsedInput | Readonly<{ issues: readonly Issue[] }> => {
  const envelope = readEnvelope(citing(fillIn(work.envelope, filling), found), today);
  const own = valuesInPlace(registry, work, entries, fillIn(work.data, filling), filling);
  const data = isCorrection(work) ? citing(own, found) : own;
  const command = work.spec.parse({ ...data, type: work.submission.type });
  const links = work.links.map((link) => registry.shared.commands.Link.parse({ ...fillIn(link, filling), type: 'Link' }));
  const issues = [
    ...(envelope.ok ? [] : envelope.issues),
    ...(command.ok ? [] : underInput(command.issues)),
    ...links.flatMap((link, index) => (link.ok ? [] : underInput(link.issues, 'links', String(index)))),
  ];
  if (!envelope.ok || !command.ok || issues.length > 0) return { issues };
  return {
    envelope: envelope.value,
    command: command.value,
    links: links.flatMap((link) => (link.ok ? [link.value as SharedCommand] : [])),
  };
};

/** The items named by the command and by its links, each with its place in the input. */
const refsOf = (registry: Registry, work: Work, { command, links }: ParsedInput): readonly TargetRef[] => {
  const under = (refs: readonly TargetRef[], ...path: readonly string[]): readonly TargetRef[] =>
    refs.map((ref) => ({ ...ref, path: ['input', ...path, ...ref.path] }));
  return [
    ...under(work.spec.targets(command)),
    ...links.flatMap((link, index) => under(registry.shared.commands.Link.targets(link), 'links', String(index))),
  ];
};

const questionOf = (deps: JudgingDeps, work: Work, entries: Entries, envelope: Envelope, targets: TargetsFound, recordedAt: string) => ({
  registry: deps.registry,
  kind: work.kind,
  shared: work.shared,
  entries,
  targets,
  said: {
    ...envelope,
    stream: work.item,
    recordedAt,
    actor: work.submission.actor.id,
    commandId: work.submission.commandId,
    inputDigest: work.inputDigest,
  },
});
