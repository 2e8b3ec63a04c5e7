import { labels, refuse, type ItemId, type Refusal } from '@saksgang/kernel';
import { hasReached } from './white-paper.evolve.js';
import type { AnnouncedWhitePaper, WhitePaper } from './white-paper.state.js';

export const aPaperIsAnnouncedOnce = (paper: WhitePaper): Refusal | null =>
  paper.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_ANNOUNCED',
        labels(`«${paper.name}» er allerede ført.`, `«${paper.name}» er alt ført.`, `“${paper.name}” is already on record.`),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['recordOrder', 'planWhitePaper', 'advanceWhitePaper', 'correctEntry'] },
      );

export const aPaperMustBeAnnouncedFirst = (paper: WhitePaper): Refusal | null =>
  paper.status === 'unknown'
    ? refuse(
        'NOT_ANNOUNCED',
        labels('Stortingsmeldingen er ikke ført.', 'Stortingsmeldinga er ikkje ført.', 'The white paper is not on record.'),
        labels('Før meldingen som varslet først.', 'Før meldinga som varsla først.', 'Announce the white paper first.'),
        { allowed: ['announceWhitePaper'] },
      )
    : null;

const howItEnded = (paper: Exclude<AnnouncedWhitePaper, { status: 'living' }>) => {
  switch (paper.status) {
    case 'merged':
      return labels(
        `Meldingen er slått sammen med «${paper.intoTitle}».`,
        `Meldinga er slått saman med «${paper.intoTitle}».`,
        `The white paper is merged into “${paper.intoTitle}”.`,
      );
    case 'superseded':
      return labels(
        `Meldingen er avløst av «${paper.byTitle}».`,
        `Meldinga er avløyst av «${paper.byTitle}».`,
        `The white paper is superseded by “${paper.byTitle}”.`,
      );
    case 'withdrawn':
      return labels('Meldingen er trukket tilbake.', 'Meldinga er trekt tilbake.', 'The white paper has been withdrawn.');
  }
};

/** Orders and verdicts still come: what was ordered stands to be judged, however the paper ended. */
export const aPaperThatHasEndedGoesNoFurther = (paper: WhitePaper): Refusal | null =>
  paper.status === 'unknown' || paper.status === 'living'
    ? null
    : refuse(
        'FINAL',
        howItEnded(paper),
        labels(
          'Før det som skjer videre på den andre meldingen, hvis det er en. Gjelder det en tid før slutten, oppgi datoen. Er slutten feilført, rett eller trekk tilbake den oppføringen. Bestillingen kan fortsatt vurderes.',
          'Før det som skjer vidare på den andre meldinga, om det er ei. Gjeld det ei tid før slutten, oppgje datoen. Er slutten feilført, rett eller trekk tilbake den oppføringa. Bestillinga kan framleis vurderast.',
          'Record what happens next on the other paper, if there is one. If it concerns a time before the end, give the date. If the end was recorded by mistake, correct or retract that entry. The order can still be judged.',
        ),
        {
          allowed: ['judgeWhitePaper', 'recordOrder', 'addNote', 'establishDate', 'correctEntry', 'retractEntry'],
          candidates: paper.status === 'merged' ? [paper.into] : paper.status === 'superseded' ? [paper.by] : [],
        },
      );

export const aPresentedPaperIsPlannedNoMore = (paper: AnnouncedWhitePaper): Refusal | null =>
  hasReached(paper, 'PRESENTED')
    ? refuse(
        'ALREADY_PRESENTED',
        labels('Meldingen er lagt fram.', 'Meldinga er lagd fram.', 'The white paper has been presented.'),
        labels(
          'Gjelder planen en tid før framleggingen, oppgi når den gjaldt (occurred).',
          'Gjeld planen ei tid før framlegginga, oppgje når han galdt (occurred).',
          'If the plan was made before the presentation, give its date (occurred).',
        ),
        { allowed: ['advanceWhitePaper', 'addNote', 'establishDate', 'correctEntry'] },
      )
    : null;

export const aPresentedPaperStandsOnItsOwn = (paper: AnnouncedWhitePaper): Refusal | null =>
  hasReached(paper, 'PRESENTED')
    ? refuse(
        'ALREADY_PRESENTED',
        labels(
          'Meldingen er lagt fram som egen melding og kan ikke slås sammen med en annen.',
          'Meldinga er lagd fram som eiga melding og kan ikkje slåast saman med ei anna.',
          'The white paper was presented on its own and cannot be merged into another.',
        ),
        labels(
          'Blir de behandlet sammen, lenk dem. Er en ny melding kommet i stedet, før at den avløser denne.',
          'Blir dei handsama saman, lenk dei. Er ei ny melding komen i staden, før at ho avløyser denne.',
          'If they are dealt with together, link them. If a new paper took its place, record that it supersedes this one.',
        ),
        { allowed: ['link', 'supersedeWhitePaper', 'correctEntry'] },
      )
    : null;

export const aResolvedPaperIsNotWithdrawn = (paper: AnnouncedWhitePaper): Refusal | null =>
  hasReached(paper, 'RESOLVED')
    ? refuse(
        'ALREADY_RESOLVED',
        labels(
          'Stortinget har gjort vedtak om meldingen, så den kan ikke trekkes tilbake.',
          'Stortinget har gjort vedtak om meldinga, så ho kan ikkje trekkjast tilbake.',
          'The Storting has resolved on the white paper: it cannot be withdrawn.',
        ),
        labels(
          'Ble den trukket før vedtaket, oppgi datoen. Er en ny melding kommet i stedet, før at den avløser denne.',
          'Vart ho trekt før vedtaket, oppgje datoen. Er ei ny melding komen i staden, før at ho avløyser denne.',
          'If it was withdrawn before that, give the date. If a new paper took its place, record that it supersedes this one.',
        ),
        { allowed: ['supersedeWhitePaper', 'judgeWhitePaper', 'correctEntry'] },
      )
    : null;

export const aPaperDoesNotEndItself = (item: ItemId, other: ItemId): Refusal | null =>
  other === item
    ? refuse(
        'ITSELF',
        labels(
          'En melding kan ikke slås sammen med eller avløses av seg selv.',
          'Ei melding kan ikkje slåast saman med eller avløysast av seg sjølv.',
          'A white paper cannot be merged into or superseded by itself.',
        ),
        labels('Oppgi den andre meldingen.', 'Oppgje den andre meldinga.', 'Name the other paper.'),
      )
    : null;

export const aVerdictIsOnAnOrderThatIsThere = (paper: AnnouncedWhitePaper, order: string | null): Refusal | null =>
  order === null || paper.orders.some((known) => known.order === order)
    ? null
    : refuse(
        'UNKNOWN_ORDER',
        labels(
          `Meldingen har ingen bestilling nummer ${order}.`,
          `Meldinga har inga bestilling nummer ${order}.`,
          `The white paper has no order number ${order}.`,
        ),
        labels(
          'Før bestillingen først, eller vurder meldingen som helhet.',
          'Før bestillinga først, eller vurder meldinga som heilskap.',
          'Record the order first, or judge the paper as a whole.',
        ),
        { allowed: ['recordOrder', 'judgeWhitePaper'] },
      );

export const aVerdictHasAReason = (reason: string | null): Refusal | null =>
  reason === null
    ? refuse(
        'REASON_REQUIRED',
        labels('En vurdering må begrunnes.', 'Ei vurdering må grunngjevast.', 'A verdict has a reason, and none was given.'),
        labels('Oppgi en begrunnelse (reason).', 'Oppgje ei grunngiving (reason).', 'Give a reason.'),
      )
    : null;
