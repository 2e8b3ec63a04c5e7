import { labels, type Labels } from '@saksgang/kernel';
import type { PointPath } from '../resolution.events.js';

/** A place somebody must look at before the draft is recorded. */
export type DraftDoubt = Readonly<{
  /** The point it is about; null where it is about the text as a whole. */
  path: PointPath | null;
  /** From 1, as pasted. */
  line: number;
  what: Labels;
}>;

type Say<Args extends readonly unknown[]> = (...args: Args) => Labels;

export const leadInUnder: Say<[parent: PointPath | null]> = (parent) =>
  parent === null
    ? labels(
        'Innledningen står uten nummer i margen. Her er den lagt som et eget punkt: kontroller at det stemmer.',
        'Innleiinga står utan nummer i margen. Her er ho lagd som eit eige punkt: kontroller at det stemmer.',
        'The lead-in stands unnumbered at the margin. Here it is made a point of its own: check that this is right.',
      )
    : labels(
        `Innledningen står uten nummer i margen. Her er den lagt under punkt ${parent}: kontroller at den hører til der.`,
        `Innleiinga står utan nummer i margen. Her er ho lagd under punkt ${parent}: kontroller at ho høyrer til der.`,
        `The lead-in stands unnumbered at the margin. Here it is placed under point ${parent}: check that it belongs there.`,
      );

/** `last` null: it is the first of its level. */
export const brokenSequence: Say<[last: string | null, label: string, repeated: boolean]> = (last, label, repeated) => {
  if (last === null)
    return labels(
      `Nummereringen begynner på ${label}: mangler det noe foran?`,
      `Nummereringa byrjar på ${label}: manglar det noko framfor?`,
      `The numbering begins at ${label}: is something missing before it?`,
    );
  if (repeated)
    return labels(
      `Nummeret ${label} kommer på nytt etter ${last}: kontroller teksten.`,
      `Nummeret ${label} kjem på nytt etter ${last}: kontroller teksten.`,
      `The number ${label} comes again after ${last}: check the text.`,
    );
  return labels(
    `Nummereringen hopper fra ${last} til ${label}: mangler det noe imellom?`,
    `Nummereringa hoppar frå ${last} til ${label}: manglar det noko imellom?`,
    `The numbering goes from ${last} to ${label}: is something missing between them?`,
  );
};

export const aNewList: Say<[]> = () =>
  labels(
    'Her begynner en ny liste etter den første: hører den til vedtaket?',
    'Her byrjar ei ny liste etter den første: høyrer ho til vedtaket?',
    'A new list begins here after the first: does it belong to the resolution?',
  );

export const looseParagraph: Say<[path: PointPath]> = (path) =>
  labels(
    `Avsnittet står uten nummer. Her er det lagt til punkt ${path}: kontroller at det hører til der.`,
    `Avsnittet står utan nummer. Her er det lagt til punkt ${path}: kontroller at det høyrer til der.`,
    `The paragraph is unnumbered. Here it is added to point ${path}: check that it belongs there.`,
  );

export const noPointAbove: Say<[label: string]> = (label) =>
  labels(
    `Punktet er nummerert ${label}, men punktet over det finnes ikke i teksten.`,
    `Punktet er nummerert ${label}, men punktet over det finst ikkje i teksten.`,
    `The point is numbered ${label}, but the point above it is not in the text.`,
  );

export const unevenLevels: Say<[]> = () =>
  labels(
    'Innrykk eller nummerering er ujevn: kontroller hvilket nivå punktet hører til på.',
    'Innrykk eller nummerering er ujamn: kontroller kva nivå punktet høyrer til på.',
    'Indent or numbering is uneven: check on which level the point belongs.',
  );

export const noText: Say<[]> = () => labels('Punktet har ingen tekst.', 'Punktet har ingen tekst.', 'The point has no text.');

export const uncertainKind: Say<[]> = () =>
  labels(
    'Teksten sier ikke tydelig om punktet er en premiss, en forpliktelse, et tiltak eller en anmodning: velg selv.',
    'Teksten seier ikkje tydeleg om punktet er ein premiss, ei plikt, eit tiltak eller ei oppmoding: vel sjølv.',
    'The text does not say clearly whether this is a premise, a commitment, a measure or a request: choose yourself.',
  );

export const tooDeep: Say<[max: number]> = (max) =>
  labels(
    `Teksten går mer enn ${max} nivåer ned: punktet er løftet opp hit.`,
    `Teksten går meir enn ${max} nivå ned: punktet er løfta opp hit.`,
    `The text goes more than ${max} levels down: the point has been moved up here.`,
  );

export const tooMany: Say<[max: number]> = (max) =>
  labels(
    `Flere enn ${max} punkter: resten av teksten er ikke delt i punkter. Del den i flere vedtak.`,
    `Fleire enn ${max} punkt: resten av teksten er ikkje delt i punkt. Del han i fleire vedtak.`,
    `More than ${max} points: the rest of the text is not split into points. Split it into several resolutions.`,
  );

export const noPoints: Say<[]> = () =>
  labels(
    'Ingen nummererte punkter eller kulepunkter ble funnet i teksten.',
    'Ingen nummererte punkt eller kulepunkt vart funne i teksten.',
    'No numbered points or bullets were found in the text.',
  );
