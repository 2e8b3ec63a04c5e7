import {
  getByPath,
  isSharedType,
  type Before,
  type EntryCorrected,
  type Fact,
  type Json,
  type Labels,
  type SharedEvent,
  type SharedSpecs,
} from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import { asWritten, entryAmendedBy, type Step } from '../streams/stream-fold.js';
import { changesOf, fieldsColumn, SAID } from './changes.js';
import { ENTRY_COLUMNS, ENTRY_TABLES } from './history.table.js';

/** The raw record: one row for each entry, told as it was when it was recorded, and never changed. */
export const historyProjection = (shared: SharedSpecs): Projection => ({
  name: 'history',
  version: 1,
  tables: ENTRY_TABLES,
  writer: (file, names) => {
    const table = names('entries');
    const insert = file.prepare(`INSERT INTO ${table}(${ENTRY_COLUMNS.join(', ')}) VALUES (?${', ?'.repeat(ENTRY_COLUMNS.length - 1)})`);
    const latest = file.prepare<{ recorded_max: string }>(`SELECT recorded_max FROM ${table} ORDER BY ordinal DESC LIMIT 1`);
    return (step) => {
      const { entry } = step;
      const before = beforeOf(step);
      const title = titleOf(step, shared);
      const recordedMax = [latest.get()?.recorded_max ?? '', entry.recordedAt].sort()[1] ?? entry.recordedAt;
      const amended = entryAmendedBy(entry);
      const corrects = amended === null ? null : step.entryNamed(amended);
      insert.run(
        step.ordinal, step.item, entry.revision, step.kind.name, entry.id, entry.event.type, entry.version, entry.recordedAt, recordedMax,
        JSON.stringify(entry.occurred), json(entry.assertedBy), entry.assertedBy?.body ?? null, json(entry.source), entry.reason, entry.actor,
        entry.commandId, entry.inputDigest, JSON.stringify(entry.event.data), json(before), fieldsColumn(changesOf(entry.event, before ?? {})),
        title.nb, title.nn, title.en, corrects === null ? null : step.ordinalOf(corrects.revision),
      ); // prettier-ignore
    };
  },
});

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** The state an entry of the kind's own met, in its place; null where it has none because it is not in effect. */
const metState = (step: Step): Readonly<{ state: unknown }> | null => {
  if (step.common) return { state: step.common.before };
  const point = step.refold().points.find(({ fact }) => fact.entry === step.entry.id);
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
  const read = amended === null ? undefined : step.historyBefore().asRead.get(amended);
  if (read === undefined || entry.event.type === 'EntryRetracted') return {};
  if (entry.event.type === 'DateEstablished') return { occurred: read.occurred };
  const correction = entry.event as EntryCorrected;
  const said = SAID.filter((field) => correction.data[field] !== null).map((field) => [field, read[field] as Json] as const);
  const set = correction.data.set.map(({ path }) => [path, (getByPath(read.event.data, path) ?? null) as Json] as const);
  return Object.fromEntries([...said, ...set]);
};

const titleOf = (step: Step, shared: SharedSpecs): Labels => {
  const { entry, kind } = step;
  if (isSharedType(entry.event.type)) return shared.describe(asWritten(entry) as Fact<SharedEvent>).title;
  const met = metState(step);
  return kind.describe(asWritten(entry), met?.state).title;
};
