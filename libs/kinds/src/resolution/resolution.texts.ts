import type { PartText } from '@saksgang/kernel';
import { childOf } from './point.paths.js';
import type { PointChange, PointData, PointPath, ResolutionEvent } from './resolution.events.js';

/** What can be searched for, each point's texts under its own path. Dissents are shown by their party and text; sealed names never. */
export const textsOfResolution = (event: ResolutionEvent): readonly PartText[] => {
  switch (event.type) {
    case 'ResolutionRecorded': {
      const { title, body, caseReference, meeting, points } = event.data;
      const name = typeof body.name === 'string' ? body.name : null;
      return [...inPart(null, [title, name, caseReference, meeting]), ...textsUnder(null, points)];
    }
    case 'ResolutionAmended':
      return [...inPart(null, [event.data.byTitle]), ...event.data.changes.flatMap(textsOfChange)];
    case 'ResolutionAdopted':
      return inPart(null, [event.data.meeting]);
    case 'ResolutionSuperseded':
    case 'ResolutionRepealed':
      return inPart(null, [event.data.byTitle]);
    case 'VoteRecorded':
      return inPart(
        event.data.point,
        event.data.dissents.flatMap(({ party, text }) => [typeof party.name === 'string' ? party.name : null, text]),
      );
    case 'TextVariantAdded':
      return inPart(null, [event.data.title, event.data.text]);
    case 'PointAssigned': {
      const { point, owner } = event.data;
      return inPart(point, [typeof owner.name === 'string' ? owner.name : null]);
    }
    case 'PointStarted':
    case 'PointReported':
      return inPart(event.data.point, [event.data.text]);
    case 'PointClosed':
      return inPart(event.data.point, [event.data.replacedBy?.title ?? null]);
    case 'ResolutionClosed':
    case 'PointReopened':
    case 'PointJudged':
      return [];
  }
};

const inPart = (part: PointPath | null, texts: readonly (string | null)[]): readonly PartText[] =>
  texts.flatMap((text) => (text === null ? [] : [{ part, text }]));

const textsUnder = (parent: PointPath | null, points: readonly PointData[]): readonly PartText[] =>
  points.flatMap((point, index) => textsAt(childOf(parent, index + 1), point));

const textsAt = (path: PointPath, { text, role, note, addressees, points }: PointData): readonly PartText[] => [
  ...inPart(path, [text, role, note, ...addressees.map(({ name }) => (typeof name === 'string' ? name : null))]),
  ...textsUnder(path, points),
];

const textsOfChange = (change: PointChange): readonly PartText[] => {
  switch (change.change) {
    case 'REWORDED':
      return [{ part: change.point, text: change.text }];
    case 'ADDED':
      return textsAt(change.path, change.added);
    case 'STRUCK':
      return [];
  }
};
