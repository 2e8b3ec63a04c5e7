import { sameJson } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import { spansWriter } from '../spans.js';
import { askSlots, askValues, dueSlots, dueValues, gapSlots, gapValues, signalSlots, signalValues } from './signals.js';
import { ASK_COLUMNS, DUE_COLUMNS, GAP_COLUMNS, SIGNAL_COLUMNS, SIGNAL_TABLES } from './signals.table.js';

/** What computed values follow from, for as long as it does; the values themselves follow from the day and are never stored. */
export const signalsProjection: Projection = {
  name: 'signals',
  version: 2, // what stands now has an index
  tables: SIGNAL_TABLES,
  effort: 6,
  apart: true,
  writer: (file) => {
    const writers = [
      spansWriter(file, { table: 'signals', columns: SIGNAL_COLUMNS, slotsOf: signalSlots, same: sameJson, valuesOf: signalValues }),
      spansWriter(file, { table: 'asks', columns: ASK_COLUMNS, slotsOf: askSlots, same: sameJson, valuesOf: askValues }),
      spansWriter(file, { table: 'dues', columns: DUE_COLUMNS, slotsOf: dueSlots, same: sameJson, valuesOf: dueValues }),
      spansWriter(file, { table: 'gaps', columns: GAP_COLUMNS, slotsOf: gapSlots, same: sameJson, valuesOf: gapValues }),
    ];
    return (step) => {
      for (const write of writers) write(step);
    };
  },
};
