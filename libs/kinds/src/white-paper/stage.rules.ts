import { boundsOf, labelOfDate, labels, refuse, type PartialDate, type Refusal, type Source } from '@saksgang/kernel';
import { daysOf, mayLieIn } from './session.js';
import { rankOf, stepAt } from './white-paper.evolve.js';
import type { ReachedStage, WhitePaperAdvanced } from './white-paper.events.js';
import { STAGE_LABELS } from './white-paper.labels.js';
import type { AnnouncedWhitePaper } from './white-paper.state.js';

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
      `Meldinger i sesjonen ${session} er lagt fram fra ${first} til ${last}, men framleggingen er datert ${date.nb}.`,
      `Meldingar i sesjonen ${session} er lagde fram frå ${first} til ${last}, men framlegginga er datert ${date.nn}.`,
      `Papers of the session ${session} were presented from ${first} to ${last}, but the presentation is dated ${date.en}.`,
    ),
    labels(
      'Se etter på meldingen, og oppgi riktig sesjon eller dato.',
      'Sjå etter på meldinga, og oppgje rett sesjon eller dato.',
      'Look at the paper, and give the right session or date.',
    ),
  );
};
