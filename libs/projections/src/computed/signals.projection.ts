import { sameJson } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import { spansWriter } from '../spans.js';
import { askSlots, askValues, dueSlots, dueValues, gapSlots, gapValues, signalSlots, signalValues } from './signals.js';
import { ASKS_TABLE, DUES_TABLE, GAPS_TABLE, SIGNAL_TABLES, SIGNALS_TABLE } from './signals.table.js';

/** What computed values follow from, for as long as it does; the values themselves follow from the day and are never stored. */
export const signalsProjection: Projection = {
  name: 'signals',
  version: 2, // what stands now has an index
  tables: SIGNAL_TABLES,
  effort: 6,
  apart: true,
  writer: (rows) => {
    const writers = [
      spansWriter(rows, { table: SIGNALS_TABLE, slotsOf: signalSlots, same: sameJson, valuesOf: signalValues }),
      spansWriter(rows, { table: ASKS_TABLE, slotsOf: askSlots, same: sameJson, valuesOf: askValues }),
      spansWriter(rows, { table: DUES_TABLE, slotsOf: dueSlots, same: sameJson, valuesOf: dueValues }),
      spansWriter(rows, { table: GAPS_TABLE, slotsOf: gapSlots, same: sameJson, valuesOf: gapValues }),
    ];
    return (step) => {
      for (const write of writers) write(step);
    };
  },
};
