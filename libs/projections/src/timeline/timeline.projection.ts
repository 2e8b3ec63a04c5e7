import { isSharedType, type AnyKind, type Fact, type ItemId } from '@saksgang/kernel';
import { foldText } from '../folding.js';
import type { Projection } from '../projection.js';
import type { Step } from '../streams/stream-fold.js';
import { versionedWriter, type Values } from '../versioned-rows.js';
import { TIMELINE_COLUMNS, TIMELINE_TABLES } from './timeline.table.js';

export const timelineProjection: Projection = {
  name: 'timeline',
  version: 1,
  tables: TIMELINE_TABLES,
  writer: (file, names) => {
    const rows = versionedWriter(file, { table: names('timeline'), columns: TIMELINE_COLUMNS, key: [0, 1] });
    return (step) => {
      const { item, kind, ordinal, common } = step;
      if (common === null) rows.become(item, ordinal, toldAgain(step));
      else if (isToldOf(kind, common.fact)) rows.open(item, ordinal, told(item, kind, common.fact, common.before, ordinal));
    };
  },
};

/** A founding entry that was retracted takes its item off the timeline: its facts are gone with it. */
const toldAgain = (step: Step): readonly Values[] =>
  step
    .refold()
    .points.filter(({ fact }) => isToldOf(step.kind, fact))
    .map(({ fact, before }) => told(step.item, step.kind, fact, before, step.ordinalOf(fact.revision)));

/** Links and notes tell of the record, not of the world. */
const isToldOf = (kind: AnyKind, { event }: Fact): boolean => !isSharedType(event.type) && kind.onTimeline(event);

const told = (item: ItemId, kind: AnyKind, fact: Fact, before: unknown, ordinal: number): Values => {
  const { title, description } = kind.describe(fact, before);
  const words = new Set([title.nb, title.nn, title.en, description.nb, description.nn, description.en].map(foldText));
  return [
    fact.day, ordinal, `${item}@${fact.revision}`, kind.name, kind.partOf(fact.event), 'HAPPENED', fact.event.type,
    title.nb, title.nn, title.en, description.nb, description.nn, description.en, fact.occurred.text, fact.occurred.asWritten,
    fact.recordedAt, json(fact.assertedBy), json(fact.source),
    JSON.stringify(fact.changedBy.map((entry) => `${item}@${entry.revision}`)), [...words].join('\n'),
  ]; // prettier-ignore
};

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
