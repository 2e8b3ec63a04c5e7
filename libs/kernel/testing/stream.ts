import type { DomainEvent, Entry, EntryCorrected, EntryRetracted, DateEstablished, Envelope, PartialDate, Position } from '../src/index.js';
import type { ErrandEvent, ErrandOpened } from './errand.kind.js';

/** Writes entries of one stream as a spec tells them: `[recorded on, occurred, event]`. Entry n has the id `e<n>`. */

export const ITEM = 'errand-0b0c7f1e-4a43-5d0e-8a55-7b1d4b1a9c01';
export const OTHER = 'errand-7e2b1b52-8d3b-5a9f-9d0c-2f7f0a2d6b02';

export const date = (text: string): PartialDate => ({ text, asWritten: null });
export const positionAt = (revision: number): Position => `log-${String(revision * 10 + 7).padStart(20, '0')}`;

export type Told = readonly [recordedOn: string, occurred: string, event: DomainEvent, more?: Partial<Envelope>];

export const stream = (...told: readonly Told[]): readonly Entry[] =>
  told.map(([recordedOn, occurred, event, more], revision) => ({
    position: positionAt(revision),
    id: `e${revision}`,
    stream: ITEM,
    revision,
    version: 1,
    recordedAt: `${recordedOn}T10:00:00.000Z`,
    actor: 'actor-1',
    commandId: `c${revision}`,
    inputDigest: '',
    occurred: date(occurred),
    assertedBy: null,
    source: null,
    reason: null,
    ...more,
    event,
  }));

export const opened = (title = 'Kjøp kaffe', more: Partial<ErrandOpened['data']> = {}): ErrandEvent => ({
  type: 'ErrandOpened',
  data: {
    title,
    owner: null,
    steps: [
      { text: 'gå', note: null },
      { text: 'kjøp', note: null },
    ],
    ...more,
  },
});
export const done = (replacedBy: string | null = null): ErrandEvent => ({ type: 'ErrandDone', data: { replacedBy } });
export const reopened: ErrandEvent = { type: 'ErrandReopened', data: {} };

export const corrected = (entry: string, more: Partial<EntryCorrected['data']> = {}): EntryCorrected => ({
  type: 'EntryCorrected',
  data: { entry, version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [], set: [], ...more },
});
export const retracted = (entry: string): EntryRetracted => ({ type: 'EntryRetracted', data: { entry } });
export const dated = (entry: string, text: string): DateEstablished => ({ type: 'DateEstablished', data: { entry, date: date(text) } });
export const noted = (text: string, part: string | null = null): DomainEvent => ({ type: 'NoteAdded', data: { text, part } });
export const linked = (target: string, more: object = {}): DomainEvent => ({
  type: 'Linked',
  data: { relation: 'DEPENDS_ON', target, targetPart: null, part: null, period: null, ...more },
});
export const unlinked = (link: string): DomainEvent => ({ type: 'Unlinked', data: { link } });
