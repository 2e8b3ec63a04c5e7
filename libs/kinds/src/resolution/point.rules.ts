import { POINTS_MAX, POINT_DEPTH_MAX, labels, refuse, type ItemId, type Refusal } from '@saksgang/kernel';
import { POINT_ORDINAL_MAX } from '../schema/index.js';
import { ordinalOf, parentOf } from './point.paths.js';
import type { ClosePoint } from './resolution.commands.js';
import type { PointChange, PointClosed, PointData, PointPath } from './resolution.events.js';
import { changed, sizeOf } from './resolution.points.js';
import { pathsOf } from './resolution.rules.js';
import type { Point, PointTree } from './resolution.state.js';

const unknownPoint = (tree: PointTree, path: PointPath): Refusal => {
  const paths = pathsOf([...tree.keys()]);
  return refuse(
    'UNKNOWN_POINT',
    labels(`Vedtaket har ikke noe punkt ${path}.`, `Vedtaket har ikkje noko punkt ${path}.`, `The resolution has no point ${path}.`),
    paths === ''
      ? labels('Vedtaket er registrert uten punkter.', 'Vedtaket er registrert utan punkt.', 'The resolution was recorded without points.')
      : labels(`Vis til et av punktene: ${paths}.`, `Vis til eit av punkta: ${paths}.`, `Name one of its points: ${paths}.`),
  );
};

export const thePointExists = (tree: PointTree, path: PointPath | null): Refusal | null =>
  path === null || tree.has(path) ? null : unknownPoint(tree, path);

const aStruckPointIsLeftAsItIs = (point: Point): Refusal | null =>
  !point.struck
    ? null
    : refuse(
        'POINT_STRUCK',
        labels(`Punkt ${point.path} er strøket.`, `Punkt ${point.path} er stroke.`, `Point ${point.path} has been struck.`),
        labels('Vis til et punkt som gjelder.', 'Vis til eit punkt som gjeld.', 'Name a point that stands.'),
      );

const aPremiseAsksForNothing = (point: Point): Refusal | null => {
  if (point.pointKind !== 'PREMISE' && point.pointKind !== 'LEAD_IN') return null;
  const [nb, nn, en] =
    point.pointKind === 'PREMISE' ? ['et premiss', 'eit premiss', 'a premise'] : ['en innledning', 'ei innleiing', 'a lead-in'];
  return refuse(
    'NOTHING_TO_FOLLOW_UP',
    labels(
      `Punkt ${point.path} er ${nb}: det er ingenting å følge opp.`,
      `Punkt ${point.path} er ${nn}: det er ingenting å følgje opp.`,
      `Point ${point.path} is ${en}: there is nothing to follow up.`,
    ),
    labels(
      'Følg opp et punkt som er en forpliktelse, et tiltak eller en oppfordring.',
      'Følg opp eit punkt som er ei forplikting, eit tiltak eller ei oppmoding.',
      'Follow up a point that is a commitment, a measure or a request.',
    ),
  );
};

/** The point as it may be followed up, or why not. */
export const aPointToFollowUp = (tree: PointTree, path: PointPath): Point | Refusal => {
  const point = tree.get(path);
  return point === undefined ? unknownPoint(tree, path) : (aStruckPointIsLeftAsItIs(point) ?? aPremiseAsksForNothing(point) ?? point);
};

export const aClosedPointIsReopenedFirst = (point: Point): Refusal | null =>
  point.state !== 'CLOSED'
    ? null
    : refuse(
        'POINT_CLOSED',
        labels(`Punkt ${point.path} er avsluttet.`, `Punkt ${point.path} er avslutta.`, `Point ${point.path} is closed.`),
        labels('Gjenåpne punktet først, med grunn.', 'Opne punktet på nytt først, med grunn.', 'Reopen the point first, with a reason.'),
        { allowed: ['reopenPoint'] },
      );

export const onlyAClosedPointIsReopened = (point: Point): Refusal | null =>
  point.state === 'CLOSED'
    ? null
    : refuse(
        'POINT_NOT_CLOSED',
        labels(`Punkt ${point.path} er ikke avsluttet.`, `Punkt ${point.path} er ikkje avslutta.`, `Point ${point.path} is not closed.`),
        labels(
          'Punktet kan fordeles, rapporteres og avsluttes som det er.',
          'Punktet kan fordelast, rapporterast og avsluttast som det er.',
          'It can be assigned, reported and closed as it is.',
        ),
        { allowed: ['assignPoint', 'reportPoint', 'closePoint'] },
      );

export const workStartsOnce = (point: Point): Refusal | null =>
  point.state !== 'IN_PROGRESS' && point.state !== 'REPORTED'
    ? null
    : refuse(
        'ALREADY_STARTED',
        labels(
          `Arbeidet med punkt ${point.path} er alt i gang.`,
          `Arbeidet med punkt ${point.path} er alt i gang.`,
          `Work on point ${point.path} has already begun.`,
        ),
        labels(
          'Rapporter hva som er gjort, eller avslutt punktet.',
          'Rapporter kva som er gjort, eller avslutt punktet.',
          'Report what has been done, or close the point.',
        ),
        { allowed: ['reportPoint', 'closePoint'] },
      );

/** REPLACED ⇔ replacedBy. */
export const aReplacementIsNamed = ({ point, closedAs, replacedBy }: PointClosed['data'] | ClosePoint): Refusal | null => {
  if ((closedAs === 'REPLACED') === (replacedBy !== null)) return null;
  return replacedBy === null
    ? refuse(
        'REPLACEMENT_REQUIRED',
        labels(
          `Punkt ${point} er avsluttet som erstattet, men ikke av hva.`,
          `Punkt ${point} er avslutta som erstatta, men ikkje av kva.`,
          `Point ${point} is closed as replaced, but not by what.`,
        ),
        labels(
          'Oppgi hva som erstatter punktet, i feltet «replacedBy».',
          'Oppgi kva som erstattar punktet, i feltet «replacedBy».',
          'Say what replaces it in the field «replacedBy».',
        ),
      )
    : refuse(
        'REPLACEMENT_NOT_EXPECTED',
        labels(
          'Bare et punkt som avsluttes som erstattet, har noe som erstatter det.',
          'Berre eit punkt som blir avslutta som erstatta, har noko som erstattar det.',
          'Only a point that is closed as replaced has something that replaces it.',
        ),
        labels(
          'Avslutt punktet som erstattet, eller fjern «replacedBy».',
          'Avslutt punktet som erstatta, eller fjern «replacedBy».',
          'Close it as REPLACED, or leave «replacedBy» out.',
        ),
      );
};

/** Nor can the whole resolution it stands in take its place. */
export const aPointDoesNotReplaceItself = (item: ItemId, { point, replacedBy }: ClosePoint): Refusal | null =>
  replacedBy === null || replacedBy.item !== item || (replacedBy.point !== null && replacedBy.point !== point)
    ? null
    : refuse(
        'ITSELF',
        labels(
          `Punkt ${point} kan ikke erstattes av seg selv.`,
          `Punkt ${point} kan ikkje erstattast av seg sjølv.`,
          `Point ${point} cannot be replaced by itself.`,
        ),
        labels(
          'Oppgi et annet punkt eller en annen sak.',
          'Oppgi eit anna punkt eller ei anna sak.',
          'Name another point or another item.',
        ),
      );

const tooDeep = (depth: number): Refusal | null =>
  depth <= POINT_DEPTH_MAX
    ? null
    : refuse(
        'TOO_DEEP',
        labels(
          `Punktene går ${depth} nivåer ned: høyst ${POINT_DEPTH_MAX} er tillatt.`,
          `Punkta går ${depth} nivå ned: høgst ${POINT_DEPTH_MAX} er tillatne.`,
          `The points go ${depth} levels down: at most ${POINT_DEPTH_MAX} are allowed.`,
        ),
        labels('Flytt de dypeste punktene opp.', 'Flytt dei djupaste punkta opp.', 'Move the deepest points up.'),
      );

const tooManyPoints = (points: number): Refusal | null =>
  points <= POINTS_MAX
    ? null
    : refuse(
        'TOO_MANY_POINTS',
        labels(
          `Vedtaket får ${points} punkter: høyst ${POINTS_MAX} er tillatt.`,
          `Vedtaket får ${points} punkt: høgst ${POINTS_MAX} er tillatne.`,
          `The resolution would have ${points} points: at most ${POINTS_MAX} are allowed.`,
        ),
        labels(
          'Del det i flere vedtak og lenk dem sammen.',
          'Del det i fleire vedtak og lenk dei saman.',
          'Split it into several resolutions and link them.',
        ),
      );

/** `below`: how many points and levels stand there already. Struck points count: their paths stay taken. */
export const theTreeStaysWithinItsLimits = (
  roots: readonly PointData[],
  below: Readonly<{ points: number; depth: number }> = { points: 0, depth: 0 },
): Refusal | null => {
  const size = sizeOf(roots);
  return tooDeep(below.depth + size.depth) ?? tooManyPoints(below.points + size.points);
};

/** Where a retracted amendment comes back, or a correction extends the list: the path belongs to the point that has it. */
const aPathIsFree = (tree: PointTree, path: PointPath): Refusal | null =>
  !tree.has(path)
    ? null
    : refuse(
        'PATH_TAKEN',
        labels(
          `Stien ${path} er alt tatt av et annet punkt.`,
          `Stien ${path} er alt teken av eit anna punkt.`,
          `The path ${path} is already that of another point.`,
        ),
        labels(
          'Før endringen på nytt: da får punktet en sti som er ledig.',
          'Før endringa på nytt: då får punktet ein sti som er ledig.',
          'Record the amendment anew: the point then gets a path that is free.',
        ),
        { allowed: ['amendResolution'] },
      );

const aChangeFits = (tree: PointTree, change: PointChange): Refusal | null => {
  const path = change.change === 'ADDED' ? parentOf(change.path) : change.point;
  const point = path === null ? null : (tree.get(path) ?? null);
  if (path !== null && point === null) return unknownPoint(tree, path);
  const refusal = point === null ? null : aStruckPointIsLeftAsItIs(point);
  if (refusal !== null || change.change !== 'ADDED') return refusal;
  const isPastTheLast = ordinalOf(change.path) > POINT_ORDINAL_MAX;
  return (
    aPathIsFree(tree, change.path) ??
    (isPastTheLast ? tooManyPoints(ordinalOf(change.path)) : null) ??
    theTreeStaysWithinItsLimits([change.added], { points: tree.size, depth: point?.depth ?? 0 })
  );
};

/** Each change is judged on the tree the changes before it leave. */
export const theChangesFit = (tree: PointTree, changes: readonly PointChange[]): Refusal | null => {
  let current = tree;
  for (const change of changes) {
    const refusal = aChangeFits(current, change);
    if (refusal !== null) return refusal;
    current = changed(current, change);
  }
  return null;
};
