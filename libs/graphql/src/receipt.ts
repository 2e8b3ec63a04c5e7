import {
  history,
  isSharedType,
  kindOf,
  labels,
  NOW,
  type Entry,
  type Fact,
  type Instant,
  type Labels,
  type Registry,
  type SharedEvent,
} from '@saksgang/kernel';
import type { RecordedSource } from './outcome.js';

/** The wall clock in Oslo, as minutes of a meeting write it. One formatter: making them is slow. */
const OSLO = new Intl.DateTimeFormat('nb-NO', {
  timeZone: 'Europe/Oslo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const inOslo = (instant: Instant): Readonly<{ date: string; time: string }> => {
  const parts = Object.fromEntries(OSLO.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { date: `${parts['day']}.${parts['month']}.${parts['year']}`, time: `${parts['hour']}.${parts['minute']}` };
};

/** What the entry says, in one line: told from the entry alone, so a receipt waits for no read model. Never a person's name. */
const told = (registry: Registry, entry: Entry): Labels => {
  const fact: Fact | undefined = history([{ ...entry, revision: 0 }], NOW).facts[0];
  const kind = registry.kinds.get(kindOf(entry.stream));
  const itself: Fact = fact ?? { ...entry, day: entry.recordedAt.slice(0, 10), entry: entry.id, changedBy: [] };
  if (isSharedType(entry.event.type)) return registry.shared.describe(itself as Fact<SharedEvent>).title;
  return kind === undefined ? labels(entry.event.type, entry.event.type, entry.event.type) : kind.describe(itself).title;
};

/** `<log id>-<20 digits>`: the number alone is what people read. */
const numberOf = (position: string): string => position.slice(position.lastIndexOf('-') + 1).replace(/^0+(?=\d)/, '');

/** «Ført 21.11.2026 kl. 20.15: Punkt 3 fordelt til KS, nr. 42 (resolution-…@3), kontrollsum …». `hash`: of the entry it speaks of, base64. */
export const receiptText = (registry: Registry, recorded: RecordedSource, hash: string): Labels => {
  const [first] = recorded.entries;
  const place = `${numberOf(recorded.position)} (${recorded.item}@${recorded.revision})`;
  if (first === undefined) {
    return labels(
      `Ingenting nytt ble ført, for det sto der fra før: nr. ${place}, kontrollsum ${hash}`,
      `Ingenting nytt vart ført, for det stod der frå før: nr. ${place}, kontrollsum ${hash}`,
      `Nothing new was recorded, for it stood there already: no. ${place}, hash ${hash}`,
    );
  }
  const { date, time } = inOslo(first.recordedAt);
  const title = told(registry, first);
  // The number follows in the same sentence.
  const open = (text: string): string => text.replace(/[\s.]+$/u, '');
  return labels(
    `Ført ${date} kl. ${time}: ${open(title.nb)}, nr. ${place}, kontrollsum ${hash}`,
    `Ført ${date} kl. ${time}: ${open(title.nn)}, nr. ${place}, kontrollsum ${hash}`,
    `Recorded ${date} at ${time} (Oslo): ${open(title.en)}, no. ${place}, hash ${hash}`,
  );
};
