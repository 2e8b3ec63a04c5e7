/** What a run of writers and followers left behind, to be judged against what they were told. */
export type Acknowledged = Readonly<{
  writer: number;
  number: number;
  stream: string;
  ids: readonly string[];
  /** Of the last event. */
  revision: number;
  position: string;
}>;
/** What stands on the server, in log order. */
export type Standing = Readonly<{ id: string; stream: string; revision: number }>;
export type Followed = Readonly<{ id: string; position: string }>;
export type ChaosRun = Readonly<{
  /** Appends that were to be acknowledged in the end. */
  asked: number;
  acknowledged: readonly Acknowledged[];
  standing: readonly Standing[];
  /** What each follower processed, in its order, crashes of its own included. */
  followed: readonly (readonly Followed[])[];
  /** By event id: what the writer was told of the appends that failed. */
  told: ReadonlyMap<string, string>;
}>;

/**
 * Everything that is not exact: nothing lost, nothing twice, nothing unasked, in order, the followers complete. Writers give a
 * new try new ids only after they were told for certain that the last one was not written, so a promise of that kind which
 * does not hold shows here as an event nobody was acknowledged.
 */
export const faultsIn = (run: ChaosRun): string[] => [
  ...(run.acknowledged.length === run.asked ? [] : [`acknowledged ${run.acknowledged.length} of ${run.asked}`]),
  ...run.acknowledged.flatMap((append) => faultsOf(append, run.standing)),
  ...unasked(run),
  ...twice(run.standing),
  ...gaps(run.standing),
  ...disorder(run),
  ...run.followed.flatMap((followed, index) => faultsOfFollower(`follower ${index}`, followed, run)),
];

const nameOf = ({ writer, number }: Acknowledged): string => `writer ${writer} append ${number}`;

const faultsOf = (append: Acknowledged, standing: readonly Standing[]): string[] => {
  const first = append.revision - append.ids.length + 1;
  const stands = (id: string, index: number): boolean =>
    standing.some((one) => one.id === id && one.stream === append.stream && one.revision === first + index);
  return append.ids.every(stands) ? [] : [`lost: ${nameOf(append)}`];
};

const unasked = ({ acknowledged, standing, told }: ChaosRun): string[] => {
  const ids = new Set(acknowledged.flatMap((append) => append.ids));
  return standing
    .filter(({ id }) => !ids.has(id))
    .map(({ id, stream, revision }) => `stands, but the writer was told otherwise: ${stream} ${revision}:${told.get(id) ?? ' nothing'}`);
};

const twice = (standing: readonly Standing[]): string[] => {
  const seen = new Set<string>();
  return standing.flatMap(({ id, stream, revision }) => (seen.size === seen.add(id).size ? [`twice: ${stream} ${revision}`] : []));
};

const gaps = (standing: readonly Standing[]): string[] => {
  const next = new Map<string, number>();
  return standing.flatMap(({ stream, revision }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return revision === expected ? [] : [`gap: ${stream} ${revision} after ${expected - 1}`];
  });
};

/** A writer began an append only after the one before was acknowledged. */
const disorder = ({ acknowledged, standing }: ChaosRun): string[] => {
  const placeOf = new Map(standing.map(({ id }, index) => [id, index]));
  const last = new Map<number, number>();
  return [...acknowledged]
    .sort((one, other) => one.number - other.number)
    .flatMap((append) => {
      const place = placeOf.get(append.ids[0] as string) ?? -1;
      const before = last.get(append.writer) ?? -1;
      last.set(append.writer, place);
      return place > before ? [] : [`out of order: ${nameOf(append)}`];
    });
};

const faultsOfFollower = (name: string, followed: readonly Followed[], { acknowledged, standing }: ChaosRun): string[] => {
  const positionOf = new Map(followed.map(({ id, position }) => [id, position]));
  const misplaced = acknowledged.filter(({ ids, position }) => positionOf.get(ids.at(-1) as string) !== position);
  const different = Math.max(followed.length, standing.length);
  const at = Array.from({ length: different }).findIndex((_, index) => followed[index]?.id !== standing[index]?.id);
  const falling = followed.findIndex(({ position }, index) => index > 0 && position <= (followed[index - 1]?.position ?? ''));
  return [
    ...(at < 0 ? [] : [`${name} differs from the log at event ${at} (${followed.length} of ${standing.length})`]),
    ...(falling < 0 ? [] : [`${name}: positions do not grow at event ${falling}`]),
    ...(at < 0 ? misplaced.map((append) => `${name} met another position than was acknowledged: ${nameOf(append)}`) : []),
  ];
};
