import { diffOfTexts, type Before, type DeclaredLink, type Json, type Summary, type TextDiff } from '@saksgang/kernel';
import type { PointPath, ResolutionEvent } from './resolution.events.js';
import type { ResolutionState } from './resolution.labels.js';
import { pointsAsked, pointsStillOpen, printedText } from './resolution.points.js';
import type { RecordedResolution, Resolution, TextVariant } from './resolution.state.js';

/** A resolution is in follow-up from the first thing done about any of its points. */
export const stateOf = (resolution: RecordedResolution): ResolutionState => {
  switch (resolution.status) {
    case 'proposed':
      return 'PROPOSED';
    case 'closed':
      return 'CLOSED';
    case 'superseded':
      return 'SUPERSEDED';
    case 'repealed':
      return 'REPEALED';
    case 'adopted':
      if (pointsAsked(resolution).some(({ state }) => state !== 'OPEN')) return 'IN_FOLLOW_UP';
      return resolution.amended ? 'AMENDED' : 'ADOPTED';
  }
};

/** A proposal waits for its decision, an adopted resolution for its points. */
const isOpen = (resolution: RecordedResolution): boolean =>
  resolution.status === 'proposed' || (resolution.status === 'adopted' && pointsStillOpen(resolution).length > 0);

const NO_RESOLUTION: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

export const summariseResolution = (resolution: Resolution): Summary =>
  resolution.status === 'unknown'
    ? NO_RESOLUTION
    : {
        title: resolution.title,
        references: resolution.caseReference === null ? [] : [resolution.caseReference],
        state: stateOf(resolution),
        subtype: resolution.resolutionType,
        open: isOpen(resolution),
        projects: resolution.projects,
        body: resolution.body.body,
      };

export const pointOf = (event: ResolutionEvent): PointPath | null => ('point' in event.data ? event.data.point : null);

const whole = (relation: DeclaredLink['relation'], target: string | null): readonly DeclaredLink[] =>
  target === null ? [] : [{ relation, target, targetPart: null, part: null, inverse: true }];

/** Each runs from the other item to this one: it is the other that supersedes, repeals, amends or replaces. */
export const linksOfResolution = (event: ResolutionEvent): readonly DeclaredLink[] => {
  switch (event.type) {
    case 'ResolutionAmended':
      return whole('AMENDS', event.data.by);
    case 'ResolutionSuperseded':
      return whole('SUPERSEDES', event.data.by);
    case 'ResolutionRepealed':
      return whole('REPEALS', event.data.by);
    case 'PointClosed': {
      const { point, replacedBy } = event.data;
      return replacedBy === null
        ? []
        : [{ relation: 'REPLACES', target: replacedBy.item, targetPart: replacedBy.point, part: point, inverse: true }];
    }
    default:
      return [];
  }
};

/** A readonly value of the state as plain JSON: it is, by the form of its event. */
const json = (value: unknown): Json => value as Json;

export const beforeResolution = (resolution: Resolution, event: ResolutionEvent): Before => {
  if (resolution.status === 'unknown') return {};
  switch (event.type) {
    case 'ResolutionAdopted':
      return { meeting: resolution.meeting };
    case 'PointAssigned': {
      const point = resolution.points.get(event.data.point);
      return point === undefined ? {} : { owner: json(point.owner), deadline: json(point.deadline) };
    }
    case 'ResolutionAmended':
      return Object.fromEntries(
        event.data.changes.flatMap((change, index) =>
          change.change === 'REWORDED' ? [[`changes.${index}.text`, resolution.points.get(change.point)?.text ?? null]] : [],
        ),
      );
    default:
      return {};
  }
};

/** Text variants are other wordings of what stands there already. */
export const isOnTimeline = (event: ResolutionEvent): boolean => event.type !== 'TextVariantAdded';

/** From the resolution's own text, as recorded point by point, to another wording of it. */
export const diffOfVariant = (resolution: RecordedResolution, variant: TextVariant): TextDiff =>
  diffOfTexts(printedText(resolution.points), variant.text);
