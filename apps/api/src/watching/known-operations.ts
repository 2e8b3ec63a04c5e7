/** The operations of GraphiQL's tabs. Any other name is its client's own: it may be anything, and is told to nobody. */
export const KNOWN_OPERATIONS: ReadonlySet<string> = new Set([
  'Vedtaket',
  'DelOppIPunkter',
  'RegistrerVedtak',
  'FastsettDato',
  'ForberedMotet',
  'Oppfolgingsliste',
  'NyttSidenSist',
  'Hull',
  'Tidslinje',
  'Nytt',
  'FolgPunkt3',
  'HvemEndretHva',
  'Malene',
  'Rettelser',
]);

/** A name fit for a label: one of a set that is known beforehand. */
export const knownOperation = (name: string | null): string => (name === null ? 'unnamed' : KNOWN_OPERATIONS.has(name) ? name : 'other');
