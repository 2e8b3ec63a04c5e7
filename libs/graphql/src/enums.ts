import type { ReadWhat } from '@saksgang/access';
import type { Actor, Clearable, DatePrecision, Locale, Opened, Relation, Role } from '@saksgang/kernel';
import type { HistoryOrder, ItemOrder, TimelineOrder, TimelineRow } from '@saksgang/projections';
import { enumType } from './enum-type.js';

export const LocaleEnum = enumType<'NB' | 'NN' | 'EN', Locale>(
  'Locale',
  'The languages people read. Omitted: `Accept-Language`, else NB.',
  { NB: 'Bokmål.', NN: 'Nynorsk.', EN: 'English.' },
  { NB: 'nb', NN: 'nn', EN: 'en' },
);

export const DatePrecisionEnum = enumType<DatePrecision>('DatePrecision', 'How exactly a date is known (datopresisjon).', {
  DAY: 'One day (dag).',
  MONTH: 'One month (måned).',
  YEAR: 'One year (år).',
  PERIOD: 'From–to (periode).',
  NOT_AFTER: 'No later than (senest).',
  NOT_BEFORE: 'No earlier than (tidligst).',
  UNKNOWN: 'Not known (ukjent).',
});

export const SealedStateEnum = enumType<Opened['state']>('SealedState', 'What the reader is shown of a name.', {
  SHOWN: 'The name is shown (vist).',
  WITHHELD: 'The reader may not see it (unntatt).',
  ERASED: 'The name has been erased for everyone (slettet); that somebody stood here can still be proven.',
});

export const ClearableEnum = enumType<'ASSERTED_BY' | 'SOURCE' | 'REASON', Clearable>(
  'EntryField',
  'What an entry says beside its data, and a correction may take away.',
  { ASSERTED_BY: 'Who asserts it (hevdet av).', SOURCE: 'On what source (kilde).', REASON: 'Why (begrunnelse).' },
  { ASSERTED_BY: 'assertedBy', SOURCE: 'source', REASON: 'reason' },
);

export const RelationEnum = enumType<Relation>('Relation', 'How one item relates to another (relasjon), read from source to target.', {
  DEPENDS_ON: 'avhenger av',
  BASED_ON: 'bygger på',
  ANSWERS: 'svarer på: a delivery answers an order',
  IMPLEMENTS: 'gjennomfører',
  SERVES: 'tjener (et mål)',
  PART_OF: 'er del av',
  SUPERSEDES: 'avløser',
  AMENDS: 'endrer',
  REPEALS: 'opphever',
  REPLACES: 'erstatter: a point replaces another',
  MERGED_INTO: 'er slått sammen med',
  EVIDENCE_FOR: 'er kunnskapsgrunnlag for',
  REPORTED_IN: 'er rapportert i',
  LED_TO: 'førte til',
});

export type LinkDirection = 'OUT' | 'IN' | 'BOTH';
export const LinkDirectionEnum = enumType<LinkDirection>('LinkDirection', 'Seen from the item that is asked.', {
  OUT: 'From this item (fra).',
  IN: 'To this item (til).',
  BOTH: 'Either way (begge veier).',
});

export type RoleOrUnknown = Role | 'unknown';
export const RoleEnum = enumType<'PUBLIC' | 'STEERING' | 'SECRETARIAT' | 'AUDITOR' | 'ADMIN' | 'UNKNOWN', RoleOrUnknown>(
  'Role',
  'What an actor may do (rolle).',
  {
    PUBLIC: 'The public (publikum).',
    STEERING: 'A member of the steering group (styringsgruppen).',
    SECRETARIAT: 'The secretariat (sekretariatet).',
    AUDITOR: 'An auditor (revisor).',
    ADMIN: 'An administrator (administrator).',
    UNKNOWN: 'The actor is in no register this server can see.',
  },
  { PUBLIC: 'public', STEERING: 'steering', SECRETARIAT: 'secretariat', AUDITOR: 'auditor', ADMIN: 'admin', UNKNOWN: 'unknown' },
);

export const ReadWhatEnum = enumType<ReadWhat>('ReadWhat', 'What made a reading one that is logged.', {
  PERSONAL: 'The name of a person was shown (personopplysning).',
  SHIELDED: 'The item was shielded when it was read, as a whole or in part (skjermet).',
});

export type ActorKindOrUnknown = Actor['actorKind'] | 'UNKNOWN';
export const ActorKindEnum = enumType<ActorKindOrUnknown>('ActorKind', 'What sort of actor recorded.', {
  PERSON: 'A person (person).',
  MACHINE: 'Another system with a key of its own (maskin).',
  SYSTEM: 'This system itself (system).',
  UNKNOWN: 'The actor is in no register this server can see.',
});

export const TimelineNatureEnum = enumType<TimelineRow['nature']>('TimelineNature', 'Has it happened, or is it planned?', {
  HAPPENED: 'It happened (skjedd).',
  PLANNED: 'It is planned, from the plan dates in force (planlagt).',
});

export const TimelineOrderEnum = enumType<TimelineOrder>('TimelineOrder', 'Order of the timeline: effective day, then position.', {
  OLDEST_FIRST: 'Eldste først.',
  NEWEST_FIRST: 'Nyeste først.',
});

export const HistoryOrderEnum = enumType<HistoryOrder>('HistoryOrder', 'Order of the raw record: by position.', {
  NEWEST_FIRST: 'Nyeste først.',
  OLDEST_FIRST: 'Eldste først.',
});

export const ItemOrderEnum = enumType<ItemOrder>('ItemOrder', 'Order of a list of items.', {
  OCCURRED: 'By when it happened, oldest first (eldste først).',
  OCCURRED_DESC: 'By when it happened, newest first (nyeste først).',
  TITLE: 'By title (tittel).',
  RECORDED: 'By when it was recorded, oldest first.',
  RECORDED_DESC: 'By when it was recorded, newest first (sist ført).',
  REFERENCE: 'By reference (referanse).',
});
