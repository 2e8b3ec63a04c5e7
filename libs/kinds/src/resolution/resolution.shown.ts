import { labels, type Shown } from '@saksgang/kernel';
import {
  POINT_CLOSURE_LABELS,
  POINT_KIND_LABELS,
  POINT_STATE_LABELS,
  RESOLUTION_TYPE_LABELS,
  TEXT_MEDIUM_LABELS,
  VERDICT_OUTCOME_LABELS,
} from './resolution.labels.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const RESOLUTION_SHOWN: Shown = {
  labels: {
    amendedBy: labels('endret ved', 'endra ved', 'amended by'),
    closedOn: labels('avsluttet', 'avslutta', 'closed on'),
    decided: labels('vedtatt', 'vedteke', 'decided'),
    'points.*': labels('punkt', 'punkt', 'point'),
    'points.*.ownRole': labels('rolle', 'rolle', 'role'),
    'points.*.state': labels('tilstand', 'tilstand', 'state'),
    'points.*.owner': labels('ansvarlig', 'ansvarleg', 'owner'),
    'points.*.deadline': labels('frist', 'frist', 'deadline'),
    'points.*.closedAs': labels('avsluttet som', 'avslutta som', 'closed as'),
    'points.*.replacedBy': labels('erstattet av', 'erstatta av', 'replaced by'),
    'points.*.replacedBy.item': labels('erstattet av', 'erstatta av', 'replaced by'),
    'points.*.replacedBy.point': labels('erstattet av punkt', 'erstatta av punkt', 'replaced by point'),
    'points.*.replacedBy.title': labels('tittelen på det som erstatter', 'tittelen på det som erstattar', 'title of what replaces it'),
    'points.*.reports': labels('rapporter', 'rapportar', 'reports'),
    'points.*.verdicts': labels('vurderinger', 'vurderingar', 'verdicts'),
    'points.*.reports.*': labels('rapport', 'rapport', 'report'),
    'points.*.verdicts.*': labels('vurdering', 'vurdering', 'verdict'),
    'variants.*': labels('tekstvariant', 'tekstvariant', 'text variant'),
    'votes.*': labels('votering', 'votering', 'vote'),
  },
  words: {
    'points.*.state': POINT_STATE_LABELS,
    'points.*.pointKind': POINT_KIND_LABELS,
    'points.*.closedAs': POINT_CLOSURE_LABELS,
    'points.*.verdicts.*.outcome': VERDICT_OUTCOME_LABELS,
    resolutionType: RESOLUTION_TYPE_LABELS,
    'variants.*.medium': TEXT_MEDIUM_LABELS,
  },
  derived: ['amended', 'points.*.depth', 'points.*.parent', 'points.*.path', 'points.*.role', 'points.*.struck'],
  parts: { field: 'points', gone: 'struck' },
};
