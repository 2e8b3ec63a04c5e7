import {
  getByPath,
  isSharedType,
  saidByCorrection,
  type Before,
  type EntryCorrected,
  type Envelope,
  type Fact,
  type Instant,
  type Json,
  type Labels,
  type SharedEvent,
  type SharedSpecs,
} from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { Step } from '../streams/step.js';
import { asWritten, entryAmendedBy } from '../streams/whole-stream.js';
import { changesOf, fieldsColumn, setByCorrection } from './changes.js';
import type { Values } from '../writing/exchange.js';
import { ENTRIES_TABLE, ENTRY_COLUMNS, ENTRY_TABLES } from './history.table.js';

/** The raw record: one row for each entry, told as it was when it was recorded, and never changed. */
export const historyProjection = (shared: SharedSpecs): Projection => ({
  name: 'history',
  version: 1,
  tables: ENTRY_TABLES,
  effort: 6,
  writer: (rows) => {
    const entries = rows.keyed({ table: ENTRIES_TABLE, whenThere: 'FAIL', last: true });
    return (step) => {
      const { entry } = step;
      const before = beforeOf(step);
      const title = titleOf(step, shared);
      const amended = entryAmendedBy(entry);
      const corrects = amended === null ? null : (step.whole?.entryNamed(amended) ?? null);
      entries.put([
        step.ordinal, step.item, entry.revision, step.kind.name, entry.id, entry.event.type, entry.version, entry.recordedAt, latest(entries.last(), entry.recordedAt),
        JSON.stringify(entry.occurred), json(entry.assertedBy), entry.assertedBy?.body ?? null, json(entry.source), entry.reason, entry.actor,
        entry.commandId, entry.inputDigest, JSON.stringify(entry.event.data), json(before), fieldsColumn(changesOf(entry.event, before ?? {})),
        title.nb, title.nn, title.en, corrects === null ? null : (step.whole?.ordinalOf(corrects.revision) ?? null),
      ]); // prettier-ignore
    };
  },
});

/** The latest recording up to this entry. */
const latest = (before: Values | null, recordedAt: Instant): Instant => {
  const max = String(before?.[RECORDED_MAX] ?? '');
  return max > recordedAt ? max : recordedAt;
};
const RECORDED_MAX = ENTRY_COLUMNS.indexOf('recorded_max');

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** The state an entry of the kind's own met, in its place; null where it has none because it is not in effect. */
const metState = (step: Step): Readonly<{ state: unknown }> | null => {
  if (step.common) return { state: step.common.before };
  const point = step.whole.points.find(({ fact }) => fact.entry === step.entry.id);
  return point ? { state: point.before } : null;
};

const beforeOf = (step: Step): Before | null => {
  const { event } = step.entry;
  const before = isSharedType(event.type) ? amendedBefore(step) : ownBefore(step);
  return Object.keys(before).length === 0 ? null : before;
};

const ownBefore = (step: Step): Before => {
  const met = metState(step);
  return met === null ? {} : step.kind.before(met.state, step.entry.event);
};

/** What the amended entry said, as read just before. */
const amendedBefore = (step: Step): Before => {
  const { entry } = step;
  const amended = entryAmendedBy(entry);
  const read = amended === null ? undefined : step.whole?.before.history.asRead.get(amended);
  if (read === undefined || entry.event.type === 'EntryRetracted') return {};
  if (entry.event.type === 'DateEstablished') return { occurred: read.occurred };
  const inEnvelope = new Set(Object.keys(saidByCorrection((entry.event as EntryCorrected).data)));
  const held = (path: string): Json =>
    ((inEnvelope.has(path) ? read[path as keyof Envelope] : getByPath(read.event.data, path)) ?? null) as Json;
  return Object.fromEntries(setByCorrection(entry.event as EntryCorrected).map(([path]) => [path, held(path)]));
};

const titleOf = (step: Step, shared: SharedSpecs): Labels => {
  const { entry, kind } = step;
  if (isSharedType(entry.event.type)) return shared.describe(asWritten(entry) as Fact<SharedEvent>).title;
  return step.common ? step.common.described().title : kind.describe(asWritten(entry), metState(step)?.state).title;
};
