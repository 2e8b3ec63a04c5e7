import { labels, refuse, type DecisionContext, type ItemId, type Refusal } from '@saksgang/kernel';
import { keysStay } from './keys.js';

/** Another item with its title as it was when this was recorded. */
export type NamedItem = Readonly<{ item: ItemId; title: string }>;

type Targets = Pick<DecisionContext, 'targets'>;
export const titleOfItem = (item: ItemId, { targets }: Targets): string => targets.get(item)?.title || item;

/** Each once, in the order given. */
export const namedItems = (items: readonly ItemId[], context: Targets): readonly NamedItem[] =>
  [...new Set(items)].map((item) => ({ item, title: titleOfItem(item, context) }));

/** `item` and `title`: the paths of both. */
export const titleRequired = (item: string, title: string): Refusal =>
  refuse(
    'TITLE_REQUIRED',
    labels(
      `${item} rettes uten at tittelen følger med.`,
      `${item} blir retta utan at tittelen følgjer med.`,
      `${item} is corrected without its title.`,
    ),
    labels(`Oppgi både ${item} og ${title}.`, `Oppgje både ${item} og ${title}.`, `Give both ${item} and ${title}.`),
    { allowed: ['correctEntry'] },
  );

/** Of a list of named items: one is not exchanged for another while the title of the first stays. `paths`: those a correction sets. */
export const itemsKeepTheirTitles = (list: string, paths: readonly string[]): Refusal | null => {
  const bare = paths.find(
    (path) => path.startsWith(`${list}.`) && path.endsWith('.item') && !paths.includes(path.replace(/item$/, 'title')),
  );
  if (bare === undefined) return null;
  return titleRequired(bare, bare.replace(/item$/, 'title'));
};

const keysWouldShift = (): Refusal =>
  refuse(
    'KEYS_WOULD_SHIFT',
    labels(
      'Rettelsen ville gi nøkkelen til ett element til et annet, og det som viser til det, ville vise til feil element.',
      'Rettinga ville gje nøkkelen til eitt element til eit anna, og det som viser til det, ville vise til feil element.',
      'The correction would give the key of one element to another, and what names it would name the wrong one.',
    ),
    labels(
      'La hvert element beholde nøkkelen («key») og rekkefølgen. Et nytt får en nøkkel som ikke er brukt.',
      'Lat kvart element behalde nøkkelen («key») og rekkjefølgja. Eit nytt får ein nøkkel som ikkje er brukt.',
      'Let every element keep its key and the order. A new one takes a key that has not been used.',
    ),
    { allowed: ['correctEntry'] },
  );

type Keyed = Readonly<{ key: string }>;

/** Of a list whose elements others name by key: a correction gives the key of one to no other. `taken` as for `keysStay`. */
export const elementsKeepTheirKeys = (
  before: readonly Keyed[],
  after: readonly Keyed[],
  list: string,
  paths: readonly string[],
  taken: readonly string[],
): Refusal | null => {
  const touched = paths.some((path) => path === list || path.startsWith(`${list}.`));
  return !touched || keysStay(before, after, list, paths, taken) ? null : keysWouldShift();
};
