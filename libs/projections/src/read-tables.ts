import type { AsksTable, DuesTable, GapsTable, SignalsTable } from './computed/signals.table.js';
import type { EntriesTable } from './history/history.table.js';
import type { FacetsTable, ItemsTable, PlacesTable } from './items/items.table.js';
import type { LinksTable } from './links/links.table.js';
import type { SearchTextsTable, SearchVocabularyTable, SearchWordsTable } from './search/search.table.js';
import type { MarksTable, ShieldsTable, VisibilityTable } from './visibility/visibility.table.js';
import type { TimelineTable } from './timeline/timeline.table.js';

/** The read database as queries see it. */
export type ReadTables = {
  items: ItemsTable;
  item_facets: FacetsTable;
  item_places: PlacesTable;
  links: LinksTable;
  timeline: TimelineTable;
  search_texts: SearchTextsTable;
  search_words: SearchWordsTable;
  search_vocabulary: SearchVocabularyTable;
  entries: EntriesTable;
  signals: SignalsTable;
  asks: AsksTable;
  dues: DuesTable;
  gaps: GapsTable;
  visibility: VisibilityTable;
  shields: ShieldsTable;
  entry_marks: MarksTable;
};
