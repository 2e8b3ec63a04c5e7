import { boundsOf, labelOfDate, labels, refuse, type ItemId, type PartialDate, type Refusal, type Source } from '@saksgang/kernel';
import { daysOf, mayLieIn } from './session.js';
import { hasReached, rankOf, stepAt } from './white-paper.evolve.js';
import type { ReachedStage, WhitePaperAdvanced } from './white-paper.events.js';
import { STAGE_LABELS } from './white-paper.labels.js';
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

export const aStageIsNeverInvented = (source: Source | null): Refusal | null =>
  source === null
    ? refuse(
        'SOURCE_REQUIRED',
        labels(
          'Det står ikke hvor det går fram at meldingen er kommet så langt.',
          'Det står ikkje kvar det går fram at meldinga er komen så langt.',
          'It is not said where it stands that the white paper has come this far.',
        ),
        labels(
          'Oppgi kilden (source), for eksempel meldingen selv, innstillingen eller referatet.',
          'Oppgje kjelda (source), til dømes meldinga sjølv, innstillinga eller referatet.',
          'Give the source: the paper itself, the recommendation or the minutes.',
        ),
      )
    : null;

/** Meetings for input, hearings in committee and follow-up come several times; the rest happens once. */
const SEVERAL_TIMES: readonly ReachedStage[] = ['INPUT', 'IN_COMMITTEE', 'FOLLOWED_UP'];

export const aStageIsReachedOnce = (paper: AnnouncedWhitePaper, stage: ReachedStage): Refusal | null => {
  const reached = SEVERAL_TIMES.includes(stage) ? null : stepAt(paper, stage);
  if (reached === null) return null;
  const [label, date] = [STAGE_LABELS[stage], labelOfDate(reached.occurred)];
  return refuse(
    'STAGE_ALREADY_REACHED',
    labels(
      `Trinnet «${label.nb}» er alt ført, ${date.nb}.`,
      `Steget «${label.nn}» er alt ført, ${date.nn}.`,
      `The stage “${label.en}” is already on record, ${date.en}.`,
    ),
    labels(
      'Vet du mer om datoen, fastsett den. Er noe feilført, rett den oppføringen.',
      'Veit du meir om datoen, fastset han. Er noko feilført, rett den oppføringa.',
      'If you know more about the date, establish it. If something is wrong, correct that entry.',
    ),
    { allowed: ['establishDate', 'correctEntry', 'retractEntry'] },
  );
};

/** Dates may overlap or be unknown; only what cannot be is refused. */
export const stagesComeInOrder = (paper: AnnouncedWhitePaper, stage: ReachedStage, occurred: PartialDate): Refusal | null => {
  const certainlyBefore = (one: PartialDate, other: PartialDate): boolean => {
    const [{ latest }, { earliest }] = [boundsOf(one), boundsOf(other)];
    return latest !== null && earliest !== null && latest < earliest;
  };
  const clash = paper.steps.find((step) => {
    const apart = step.stage === 'EXPECTED' ? 0 : rankOf(step.stage) - rankOf(stage);
    return (apart < 0 && certainlyBefore(occurred, step.occurred)) || (apart > 0 && certainlyBefore(step.occurred, occurred));
  });
  if (clash === undefined) return null;
  const [here, there, date] = [STAGE_LABELS[stage], STAGE_LABELS[clash.stage], labelOfDate(clash.occurred)];
  return refuse(
    'STAGES_OUT_OF_ORDER',
    labels(
      `Trinnet «${here.nb}» kan ikke være nådd da: «${there.nb}» er ført ${date.nb}.`,
      `Steget «${here.nn}» kan ikkje vere nådd då: «${there.nn}» er ført ${date.nn}.`,
      `The stage “${here.en}” cannot have been reached then: “${there.en}” is on record, ${date.en}.`,
    ),
    labels(
      'Oppgi når det skjedde (occurred), eller rett datoen på det andre trinnet.',
      'Oppgje når det hende (occurred), eller rett datoen på det andre steget.',
      'Give the date when it happened (occurred), or correct the date of the other stage.',
    ),
    { allowed: ['correctEntry'] },
  );
};

export const aNumberBelongsToASession = ({ number, session }: WhitePaperAdvanced['data']): Refusal | null =>
  number !== null && session === null
    ? refuse(
        'SESSION_REQUIRED',
        labels(
          `Meld. St. ${number} finnes i hver stortingssesjon: det står ikke hvilken.`,
          `Meld. St. ${number} finst i kvar stortingssesjon: det står ikkje kva for ein.`,
          `There is a Meld. St. ${number} in every session of the Storting: it is not said which.`,
        ),
        labels(
          'Oppgi sesjonen («2018–2019»), eller dagen meldingen ble lagt fram.',
          'Oppgje sesjonen («2018–2019»), eller dagen meldinga vart lagd fram.',
          'Give the session (“2018–2019”), or the day of the presentation.',
        ),
      )
    : null;

export const aPaperIsPresentedInItsSession = ({ session }: WhitePaperAdvanced['data'], occurred: PartialDate): Refusal | null => {
  if (session === null || mayLieIn(occurred, session)) return null;
  const [{ first, last }, date] = [daysOf(session), labelOfDate(occurred)];
  return refuse(
    'SESSION_DISAGREES',
    labels(
      `Sesjonen ${session} varte fra ${first} til ${last}, men framleggingen er datert ${date.nb}.`,
      `Sesjonen ${session} varte frå ${first} til ${last}, men framlegginga er datert ${date.nn}.`,
      `The session ${session} lasted from ${first} to ${last}, but the presentation is dated ${date.en}.`,
    ),
    labels(
      'Se etter på meldingen, og oppgi riktig sesjon eller dato.',
      'Sjå etter på meldinga, og oppgje rett sesjon eller dato.',
      'Look at the paper, and give the right session or date.',
    ),
  );
};

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
