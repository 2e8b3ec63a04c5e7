import type { ItemId } from '@saksgang/kernel';
import type { ItemRow, Pin } from '../reading.js';
import type { Runner } from '../running/runner.types.js';

/** Points of view whose answers are kept: the newest are asked about again and again, until something is recorded. */
export const VIEWS_KEPT_MAX = 4;
/** Answers kept of one point of view: pages of at most 100 rows, boards, traces. */
export const ANSWERS_KEPT_MAX = 64;
/** Rows of items kept of one point of view. */
export const ITEMS_KEPT_MAX = 5_000;

/** `onceAsked`: pages that one reader has asked for so far. */
type View = Readonly<{ answers: Map<string, Promise<unknown>>; onceAsked: Map<string, true>; items: Map<ItemId, ItemRow | null> }>;

/** What was read at a point of view: it never changes, for entries do not. */
export type Memory = Readonly<{
  /** `question`: all that the answer depends on beside the pin. A failed answer is not kept. */
  answer: <A>(pin: Pin, question: readonly unknown[], ask: () => Promise<A>) => Promise<A>;
  /**
   * The same of pages, which are many, soon read, and held by thousands of values: one is kept when it is asked for again, beside as many
   * others. Those that are asked for once are gone with their answers, and cost no more than to be read.
   */
  page: Memory['answer'];
  itemsById: (
    ids: readonly ItemId[],
    pin: Pin,
    ask: (ids: readonly ItemId[]) => Promise<readonly (ItemRow | null)[]>,
  ) => Promise<readonly (ItemRow | null)[]>;
  /** Null: it has not been read yet, or there is none. */
  itemAtHand: (id: ItemId, pin: Pin) => ItemRow | null;
}>;

/** Drops what was put in first: a Map keeps the order of insertion. */
const dropOldest = (kept: Map<string, unknown>, max: number): void => {
  const oldest = kept.size > max ? kept.keys().next() : null;
  if (oldest?.done === false) kept.delete(oldest.value);
};

/**
 * Tables built anew may tell the same entries otherwise, and a log that was restored other entries: `builds` counts both.
 * `judged`: by what it is judged who may see what, at this moment; what was seen by another is not told again.
 */
export const createMemory = ({ builds }: Pick<Runner, 'builds'>, judged: () => string = () => ''): Memory => {
  const views = new Map<string, View>();
  let latest: Readonly<{ pin: Pin; build: number; judge: string; view: View }> | null = null;
  const viewOf = (pin: Pin): View => {
    const [build, judge] = [builds(), judged()];
    if (latest?.pin === pin && latest.build === build && latest.judge === judge) return latest.view;
    const key = `${build}|${judge}|${pin.known}|${pin.validAt}|${pin.today}|${pin.now}`;
    const view = views.get(key) ?? { answers: new Map(), onceAsked: new Map(), items: new Map() };
    views.set(key, view);
    dropOldest(views, VIEWS_KEPT_MAX);
    latest = { pin, build, judge, view };
    return view;
  };
  const kept = <A>({ answers }: View, key: string, ask: () => Promise<A>): Promise<A> => {
    const known = answers.get(key);
    if (known !== undefined) return known as Promise<A>;
    const answer = ask();
    answers.set(key, answer);
    dropOldest(answers, ANSWERS_KEPT_MAX);
    answer.catch(() => answers.delete(key));
    return answer;
  };
  return {
    answer: (pin, question, ask) => kept(viewOf(pin), JSON.stringify(question), ask),
    page: (pin, question, ask) => {
      const view = viewOf(pin);
      const key = JSON.stringify(question);
      if (view.answers.has(key) || view.onceAsked.delete(key)) return kept(view, key, ask);
      view.onceAsked.set(key, true);
      dropOldest(view.onceAsked, ANSWERS_KEPT_MAX);
      return ask();
    },
    itemAtHand: (id, pin) => viewOf(pin).items.get(id) ?? null,
    itemsById: async (ids, pin, ask) => {
      const { items } = viewOf(pin);
      // Taken out before anything is waited for: another question may meanwhile need the room.
      const known = ids.map((id) => items.get(id));
      if (!known.includes(undefined)) return known as (ItemRow | null)[];
      const found = new Map<ItemId, ItemRow | null>();
      known.forEach((row, index) => void (row === undefined || found.set(ids[index] as ItemId, row)));
      const lacking = found.size === 0 ? ids : ids.filter((id) => !found.has(id));
      const rows = await ask(lacking);
      if (items.size + lacking.length > ITEMS_KEPT_MAX) items.clear();
      lacking.slice(0, ITEMS_KEPT_MAX).forEach((id, index) => items.set(id, rows[index] ?? null));
      lacking.forEach((id, index) => found.set(id, rows[index] ?? null));
      return ids.map((id) => found.get(id) ?? null);
    },
  };
};
