import { sql } from '@saksgang/database';
import { ordinalOf } from '@saksgang/event-store';
import { AWAIT_MS_MAX, endOfOsloDay, history, isDay, isInstant, kindOf, NOW, osloDay, type Instant, type Position } from '@saksgang/kernel';
import { ReadProblem, type AsOfInput, type EntryRef, type Pin } from '../reading.js';
import { entryOf, refParts } from './entry-rows.js';
import { mustBeReachable, mustTell, positionAt, type Sources } from './sources.js';

const KNOWN_BOUNDS = ['knownAt', 'knownOn', 'position', 'meeting'] as const;

/** Takes a request's point of view (DESIGN.md section 3 rule 1, section 4). @throws ReadProblem */
export const pinAt = async (sources: Sources, asOf: AsOfInput | null, atLeast: Position | null): Promise<Pin> => {
  const asked = KNOWN_BOUNDS.filter((bound) => (asOf?.[bound] ?? null) !== null);
  if (asked.length > 1) throw badAsOf(`Of ${asked.map((bound) => `\`${bound}\``).join(' and ')} only one can be asked for.`);
  const today = osloDay(sources.clock.now());
  const validAt = asOf?.validAt ?? today;
  if (!isDay(validAt)) throw badAsOf(`«${validAt}» is no day.`);
  const wanted = asOf?.position ? ordinalIn(sources, asOf.position) : sources.runner.origin;
  await reach(sources, Math.max(wanted, atLeast === null ? sources.runner.origin : ordinalIn(sources, atLeast)));
  const reached = sources.runner.reached();
  mustJudge(sources, reached);
  const known = asOf?.position ? wanted : await knownBound(sources, asOf, reached);
  const pin = { known, position: positionAt(sources, known), validAt, today };
  const open = { known: isKnownOpen(asOf, known, reached), validAt: (asOf?.validAt ?? null) === null };
  if (asked.length === 0 && open.validAt) return { ...pin, now: true };
  return { ...pin, now: false, ...(open.known || open.validAt ? { open } : {}) };
};

/** Who may see what is judged on all that is known, whatever is asked for: a narrow face that does not know it yet shows nothing. */
const mustJudge = (sources: Sources, reached: number): void => {
  if (sources.face !== 'INTERNAL') mustTell(sources, 'visibility', { known: reached, position: positionAt(sources, reached) });
};

/** A position or a meeting fixes what is known; an instant does once something later has been recorded. */
const isKnownOpen = (asOf: AsOfInput | null, known: number, reached: number): boolean =>
  !asOf?.position && !asOf?.meeting && known === reached;

const badAsOf = (message: string): ReadProblem => new ReadProblem('BAD_AS_OF', message);

/** @throws ReadProblem POSITION_UNKNOWN */
export const ordinalIn = ({ store, runner }: Sources, position: Position): number => {
  const ordinal = ordinalOf(store.logId, position);
  if (ordinal === null || ordinal < runner.origin) {
    throw new ReadProblem('POSITION_UNKNOWN', 'This position is not of this log. Take one from an answer of this service.', { position });
  }
  return ordinal;
};

/** Waits, bounded, until all running projections have come this far. @throws ReadProblem PROJECTION_BEHIND, PROJECTION_STOPPED */
const reach = async (sources: Sources, ordinal: number): Promise<void> => {
  const { runner, store } = sources;
  if (runner.reached() >= ordinal) return;
  if (ordinal > ordinalIn(sources, await store.head())) {
    throw new ReadProblem('POSITION_UNKNOWN', 'This position lies beyond the end of the record.', {
      position: positionAt(sources, ordinal),
    });
  }
  mustBeReachable(sources, ordinal);
  if (await runner.waitFor(ordinal, AWAIT_MS_MAX)) return;
  mustBeReachable(sources, ordinal);
  throw new ReadProblem(
    'PROJECTION_BEHIND',
    `What was asked for is recorded, but cannot be shown yet: waited ${AWAIT_MS_MAX} ms. Ask again in a moment.`,
    {
      position: positionAt(sources, ordinal),
      reached: positionAt(sources, runner.reached()),
    },
  );
};

const knownBound = async (sources: Sources, asOf: AsOfInput | null, reached: number): Promise<number> => {
  if (asOf?.knownAt) return knownAt(sources, asOf.knownAt, reached);
  if (asOf?.knownOn) {
    if (!isDay(asOf.knownOn)) throw badAsOf(`«${asOf.knownOn}» is no day.`);
    return knownAt(sources, endOfOsloDay(asOf.knownOn), reached);
  }
  return asOf?.meeting ? shownAt(sources, asOf.meeting, reached) : reached;
};

/** The last position at which nothing recorded later than `instant` had been seen. */
const knownAt = async (sources: Sources, instant: Instant, reached: number): Promise<number> => {
  if (!isInstant(instant)) throw badAsOf(`«${instant}» is no instant: write it as 2018-10-03T10:00:00.000Z.`);
  mustTell(sources, 'history', { known: reached, position: positionAt(sources, reached) });
  const row = await sources.whole
    .selectFrom('entries')
    .select('ordinal')
    .where('recorded_max', '<=', instant)
    .where('ordinal', '<=', reached)
    .orderBy('recorded_max', 'desc')
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.ordinal ?? sources.runner.origin;
};

const noMeeting = (): ReadProblem => badAsOf('There is no such meeting: it was never recorded, or it was retracted.');

/** What a meeting had been shown: as known at the instant it says, else just before the entry that records it. */
const shownAt = async (sources: Sources, meeting: EntryRef, reached: number): Promise<number> => {
  const ref = refParts(meeting);
  if (ref === null) throw badAsOf(`«${meeting}» is no meeting's id.`);
  const seen = await sources.read.selectFrom('items').select('item').where('item', '=', ref.item).limit(1).executeTakeFirst();
  if (seen === undefined) throw noMeeting();
  const rows = await sources.whole
    .selectFrom('entries')
    .selectAll()
    .where('item', '=', ref.item)
    .where('ordinal', '<=', reached)
    .orderBy('ordinal')
    .execute();
  const entries = rows.map((row) => entryOf(sources, row));
  const fact = history(entries, NOW).allFacts.find(({ revision }) => revision === ref.revision);
  const kind = sources.registry.kinds.get(kindOf(ref.item));
  if (fact === undefined || kind === undefined) throw noMeeting();
  const told = kind.meeting?.(fact.event);
  // A kind without meetings has none to show.
  if (!told) throw badAsOf('That entry is no meeting: take the id from `meetings` of a project.');
  if (told.shownAt) return knownAt(sources, told.shownAt, reached);
  const before = await sources.whole
    .selectFrom('entries')
    .select(sql<number | null>`max(ordinal)`.as('ordinal'))
    .where('ordinal', '<', ordinalIn(sources, fact.position))
    .executeTakeFirst();
  return before?.ordinal ?? sources.runner.origin;
};
