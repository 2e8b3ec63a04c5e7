import { kindOf, type ItemId, type Relation } from '@saksgang/kernel';
import { mustTell, type Sources } from '../asking/sources.js';
import { inChunks, inEffect, known } from '../asking/versions.js';
import { ReadProblem, type Pin } from '../reading.js';

/** By these an item belongs, in either direction (API.md section 2). */
export const BELONGING_RELATIONS: readonly Relation[] = ['PART_OF', 'SERVES', 'LED_TO', 'BASED_ON', 'ANSWERS'];
export const MEMBERS_MAX = 20_000; // items of one project

/**
 * The items that belong to a project: those that name it, those linked to it, and those linked to one of these that passes
 * belonging on; nothing further. The project itself is not among them.
 */
export const membersOf = (sources: Sources, project: ItemId, pin: Pin): Promise<readonly ItemId[]> => {
  const asked = askedAt.get(pin) ?? new Map<string, Promise<readonly ItemId[]>>();
  askedAt.set(pin, asked);
  const members = asked.get(project) ?? findMembers(sources, project, pin);
  asked.set(project, members);
  return members;
};

/** A pin is taken once for each request, and what belonged at it does not change: a board asks for each of its numbers. */
const askedAt = new WeakMap<Pin, Map<ItemId, Promise<readonly ItemId[]>>>();

const findMembers = async (sources: Sources, project: ItemId, pin: Pin): Promise<readonly ItemId[]> => {
  mustTell(sources, 'items', pin);
  mustTell(sources, 'links', pin);
  const direct = [...(await namersOf(sources, project, pin)), ...(await neighboursOf(sources, [project], pin))];
  const passing = direct.filter((item) => belongingOf(sources, item) === 'PASSES_ON');
  const members = new Set([...direct, ...(await neighboursOf(sources, passing, pin))]);
  members.delete(project);
  if (members.size > MEMBERS_MAX) {
    throw new ReadProblem('BAD_FILTER', `More than ${MEMBERS_MAX} items belong to this project: ask for its parts.`, {
      project,
      max: MEMBERS_MAX,
    });
  }
  return [...members];
};

/** The same rule from the item's side: the projects it belongs to, those it names first. */
export const projectsOf = async (sources: Sources, item: ItemId, pin: Pin): Promise<readonly ItemId[]> => {
  mustTell(sources, 'items', pin);
  mustTell(sources, 'links', pin);
  const near = [...(await namedBy(sources, [item], pin)), ...(await neighboursOf(sources, [item], pin))];
  const passing = near.filter((other) => belongingOf(sources, other) === 'PASSES_ON');
  const beyond = [...(await namedBy(sources, passing, pin)), ...(await neighboursOf(sources, passing, pin))];
  const projects = new Set([...near, ...beyond].filter((other) => belongingOf(sources, other) === 'GATHERS'));
  projects.delete(item);
  return [...projects];
};

const belongingOf = ({ registry }: Sources, item: ItemId) => registry.kinds.get(kindOf(item))?.belonging ?? null;

const namersOf = async ({ read }: Sources, project: ItemId, pin: Pin): Promise<readonly ItemId[]> => {
  const rows = await read
    .selectFrom('item_facets')
    .select('item')
    .where('facet', '=', 'PROJECT')
    .where('value', '=', project)
    .where(known(pin))
    .where(inEffect(pin))
    .limit(MEMBERS_MAX + 1)
    .execute();
  return rows.map(({ item }) => item);
};

const namedBy = async ({ read }: Sources, items: readonly ItemId[], pin: Pin): Promise<readonly ItemId[]> => {
  const rows = await inChunks(items, (chunk) =>
    read
      .selectFrom('item_facets')
      .select('value')
      .where('item', 'in', chunk)
      .where('facet', '=', 'PROJECT')
      .where(known(pin))
      .where(inEffect(pin))
      .execute(),
  );
  return rows.map(({ value }) => value);
};

const neighboursOf = async ({ read }: Sources, items: readonly ItemId[], pin: Pin): Promise<readonly ItemId[]> => {
  const ends = (from: 'source' | 'target', to: 'source' | 'target') =>
    inChunks(items, (chunk) =>
      read
        .selectFrom('links')
        .select(`${to} as item`)
        .where(from, 'in', chunk)
        .where('relation', 'in', [...BELONGING_RELATIONS])
        .where(known(pin))
        .where(inEffect(pin))
        .limit(MEMBERS_MAX + 1)
        .execute(),
    );
  return [...(await ends('source', 'target')), ...(await ends('target', 'source'))].map(({ item }) => item);
};
