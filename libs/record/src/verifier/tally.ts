/** Places that one line names; the rest is counted. */
export const NAMED_MAX = 10;

/** Where a check failed, among very many places: the first few by name, and how many in all. */
export type Tally = Readonly<{ add: (place: string) => void; count: () => number; places: () => string }>;

export const createTally = (): Tally => {
  const named: string[] = [];
  let count = 0;
  return {
    add: (place) => {
      count += 1;
      if (named.length < NAMED_MAX) named.push(place);
    },
    count: () => count,
    places: () => `${named.join(', ')}${count > named.length ? ` … (+${count - named.length})` : ''}`,
  };
};
