// A log as a record of some years looks: resolutions that belong to projects, lead to each other and are followed up point by point,
// bodies that make claims, projects that meet and report. Deterministic: the same number of entries gives the same items and texts.
import { createHash } from 'node:crypto';
import { seeded } from './measuring.mjs';

const ENTRIES_PER_ITEM = 20;
const WORDS =
  'kommunen fylkeskommunen kulturskolen frivilligheten utvikle tilbudet barn unge lokalt samarbeid skole bibliotek museum scene arena tilgang deltakelse kompetanse finansiering ansvar plan styring kvalitet mangfold språk kunst kulturarv samfunn region stat økonomi rammer vedtak oppfølging'.split(
    ' ',
  );

const uuidOf = (name) => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Texts and dates for one item: drawn one after the other, so that an item does not depend on the others. */
const writerOf = (seed) => {
  const draw = seeded(seed);
  const below = (count) => Math.floor(draw() * count);
  const words = (count) => Array.from({ length: count }, () => WORDS[below(WORDS.length)]).join(' ');
  const sentence = (count) => {
    const text = words(count);
    return `${text[0].toUpperCase()}${text.slice(1)}.`;
  };
  return { below, words, sentence };
};

/** Kept records are of one version of this log: count on when what it holds changes. */
export const SAMPLE_VERSION = 3;
const GROUP = 100; // items: the resolutions among them belong to the first project among them
const KINDS = ['resolution', 'resolution', 'resolution', 'body', 'project'];
const kindAt = (number) => KINDS[number % KINDS.length];
const idAt = (number) => `${kindAt(number)}-${uuidOf(`item ${number}`)}`;
const PROJECT_AT = KINDS.indexOf('project');
/** The items of a log of so many entries, in the order in which they are founded. `next`: what a resolution led to. */
export const itemsOf = (entries) => {
  const count = Math.ceil(entries / ENTRIES_PER_ITEM);
  return Array.from({ length: count }, (_, number) => {
    const [project, next] = [number - (number % GROUP) + PROJECT_AT, kindAt(number + 1) === 'resolution' ? number + 1 : number + 3];
    return {
      number,
      kind: kindAt(number),
      id: idAt(number),
      entries: Math.min(ENTRIES_PER_ITEM, entries - number * ENTRIES_PER_ITEM),
      project: project < count ? idAt(project) : null,
      next: next < count && next % GROUP !== 0 ? idAt(next) : null,
    };
  });
};

const IN_WORK_MAX = 1_000; // items
/** The items that people are working on, spread over the whole record: what is recorded next is mostly about these. */
export const inWork = (items) => {
  const every = Math.max(1, Math.ceil(items.length / IN_WORK_MAX));
  return items.filter(({ number }) => number % every === 0);
};

const party = (name) => ({ body: null, name });
const point = (write, label) => ({
  label,
  pointKind: 'MEASURE',
  text: write.sentence(18),
  role: null,
  addressees: [party(`Utvalg ${label}`)],
  openEnded: false,
  note: null,
  points: [],
});
const light = (write) => ({ light: ['GREEN', 'YELLOW', 'RED'][write.below(3)], reason: write.sentence(6), action: null });

const POINTS = 4;
/** What happens to a resolution after it is founded; every step is legal where it stands. */
const followUp = (write, step) => {
  const at = String(1 + ((step - 1) % POINTS));
  const round = Math.floor((step - 1) / POINTS);
  if (round === 0)
    return { type: 'PointAssigned', data: { point: at, owner: party('Rådmannen'), deadline: { text: '2027-06-30', asWritten: null } } };
  if (round === 3) return { type: 'PointClosed', data: { point: at, closedAs: 'CARRIED_OUT', replacedBy: null, verdict: null } };
  if (round > 3) return note(write);
  return { type: 'PointReported', data: { point: at, text: write.sentence(24) } };
};
const LINKED_AT = 17;
/** With its history, so that everybody is answered as the record stands, and as it stood. */
const PUBLISHED_AT = 19; // the last of those that a log is filled with
const ledTo = (target) => ({ type: 'Linked', data: { relation: 'LED_TO', target, targetPart: null, part: null, period: null } });
const note = (write) => ({ type: 'NoteAdded', data: { part: null, text: write.sentence(14) } });

const EVENTS = {
  resolution: (write, step, { number, project, next }) =>
    step > 0
      ? step === LINKED_AT && next !== null
        ? ledTo(next)
        : followUp(write, step)
      : {
          type: 'ResolutionRecorded',
          data: {
            resolutionType: 'VEDTAK',
            title: write.words(5),
            body: party(`Hovedutvalg ${number % 40}`),
            caseReference: `${2015 + (number % 10)}/${1000 + number}`,
            meeting: null,
            caseOfficer: null,
            recordedAs: 'ADOPTED',
            projects: project === null ? [] : [project],
            points: Array.from({ length: POINTS }, (_, index) => point(write, String(index + 1))),
          },
        },
  body: (write, step, { number }) =>
    step > 0
      ? { type: 'BodyClaimRecorded', data: { claim: write.sentence(16) } }
      : { type: 'BodyEstablished', data: { name: `${write.words(2)} ${number}`, aliases: [], parent: null, period: null } },
  project: (write, step, { number }) => {
    if (step === 0) {
      const nothing = { aliases: [], initiators: [], period: null, duration: 'P4Y', steeringGroup: party(`Styringsgruppe ${number}`) };
      return { type: 'ProjectStarted', data: { title: `${write.words(3)} ${number}`, ...nothing } };
    }
    const lights = Object.fromEntries(['progress', 'economy', 'quality', 'risk'].map((dimension) => [dimension, light(write)]));
    return { type: 'ProjectStatusReported', data: { ...lights, summary: write.sentence(20) } };
  },
};

/** One entry in a hundred corrects an earlier one of its item, and one in eighty tells of a day before its neighbours: learnt late. */
const correctsAt = (number, step) => number % 5 === 0 && step === 18;
const isLate = (number, step) => number % 4 === 1 && step === 10;
const correction = (id, number) => ({
  type: 'EntryCorrected',
  data: {
    entry: entryId(id, 9),
    version: 1,
    occurred: { text: dayOf(number, 8), asWritten: null },
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set: [],
  },
});
const entryId = (id, step) => uuidOf(`entry ${id} ${step}`);

/** The day of an item's entry: some weeks after the one before it, in the years 2015–2024. */
const dayOf = (number, step) =>
  new Date(Date.UTC(2015 + (number % 7), (number * 5) % 12, 1 + ((number * 11) % 28) + (isLate(number, step) ? step - 3 : step) * 45))
    .toISOString()
    .slice(0, 10);

const eventAt = (item, step) => {
  if (step === PUBLISHED_AT) return { type: 'Published', data: { withHistory: true } };
  const { id, kind, number } = item;
  return correctsAt(number, step) ? correction(id, number) : EVENTS[kind](writerOf(number * 1_000 + step), step, item);
};

/** An entry ready for the codec. `step` is its revision; beyond what the log was filled with come notes and claims. */
export const draftOf = (item, step, recordedAt) => {
  const { id, number } = item;
  const event = eventAt(item, step);
  return {
    id: entryId(id, step),
    stream: id,
    revision: step,
    recordedAt,
    actor: 'example-loader',
    commandId: `bench:${number}:${step}`,
    inputDigest: createHash('sha256').update(`${id} ${step}`).digest('base64url'),
    occurred: { text: dayOf(number, step), asWritten: null },
    assertedBy: null,
    source:
      step === 0
        ? { document: null, title: 'Saksprotokoll', reference: `${20 + (number % 5)}/${number}`, dated: null, locator: null, url: null }
        : null,
    reason: event.type === 'EntryCorrected' ? 'Feil dato i protokollen.' : null,
    event,
  };
};
