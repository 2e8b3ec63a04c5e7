import { labels, refuse, type Envelope, type ItemId, type Refusal, type Target } from '@saksgang/kernel';
import { pointsStillOpen } from './resolution.points.js';
import type { ResolutionAmended, VoteRecorded } from './resolution.events.js';
import type { RecordedResolution, Resolution } from './resolution.state.js';

const PATHS_SHOWN_MAX = 20; // paths listed in one message

export const hasEnded = (resolution: Resolution): boolean => resolution.status === 'superseded' || resolution.status === 'repealed';

/** «1, 2.1 …», bounded. */
export const pathsOf = (paths: readonly string[]): string =>
  `${paths.slice(0, PATHS_SHOWN_MAX).join(', ')}${paths.length > PATHS_SHOWN_MAX ? ' …' : ''}`;

export const aResolutionIsRecordedOnce = (resolution: Resolution): Refusal | null =>
  resolution.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_RECORDED',
        labels('Vedtaket er alt registrert.', 'Vedtaket er alt registrert.', 'The resolution has already been recorded.'),
        labels(
          'Rett registreringen hvis noe er feil i den.',
          'Rett registreringa om noko er feil i henne.',
          'Correct the entry if something in it is wrong.',
        ),
        { allowed: ['correctEntry', 'amendResolution'] },
      );

export const aResolutionMustBeRecordedFirst = (resolution: Resolution): Refusal | null =>
  resolution.status !== 'unknown'
    ? null
    : refuse(
        'NOT_RECORDED',
        labels('Vedtaket er ikke registrert.', 'Vedtaket er ikkje registrert.', 'The resolution has not been recorded.'),
        labels('Registrer vedtaket først.', 'Registrer vedtaket først.', 'Record the resolution first.'),
        { allowed: ['recordResolution'] },
      );

export const onlyAProposalCanBeAdopted = (resolution: Resolution): Refusal | null =>
  resolution.status === 'proposed'
    ? null
    : refuse(
        'ALREADY_ADOPTED',
        labels(
          'Saken er alt vedtatt: bare et forslag kan vedtas.',
          'Saka er alt vedteken: berre eit framlegg kan vedtakast.',
          'It has already been adopted: only a proposal can be.',
        ),
        labels(
          'Fastsett datoen hvis du vet mer om når det ble vedtatt, eller rett føringen hvis den er feil.',
          'Fastset datoen om du veit meir om når det vart vedteke, eller rett føringa om ho er feil.',
          'Establish the date if you know more about when it was adopted, or correct the entry if it is wrong.',
        ),
        { allowed: ['establishDate', 'correctEntry'] },
      );

export const aProposalIsAdoptedFirst = (resolution: Resolution): Refusal | null =>
  resolution.status !== 'proposed'
    ? null
    : refuse(
        'NOT_ADOPTED',
        labels(
          'Dette er et forslag som ikke er vedtatt: det er ingenting å følge opp, endre eller oppheve ennå.',
          'Dette er eit framlegg som ikkje er vedteke: det er ingenting å følgje opp, endre eller oppheve enno.',
          'This is a proposal that has not been adopted: there is nothing to follow up, amend or repeal yet.',
        ),
        labels(
          'Registrer først at det er vedtatt, med dato.',
          'Registrer først at det er vedteke, med dato.',
          'First record that it was adopted, with the date.',
        ),
        { allowed: ['adoptResolution'] },
      );

export const anEndedResolutionIsLeftAsItIs = (resolution: Resolution): Refusal | null => {
  if (resolution.status !== 'superseded' && resolution.status !== 'repealed') return null;
  const allowed = {
    allowed: ['judgePoint', 'recordVote', 'addTextVariant', 'addNote'],
    candidates: resolution.by === null ? [] : [resolution.by],
  };
  return resolution.status === 'superseded'
    ? refuse(
        'FINAL',
        labels(
          'Vedtaket er avløst og følges ikke opp lenger.',
          'Vedtaket er avløyst og blir ikkje følgt opp lenger.',
          'The resolution has been superseded and is no longer followed up.',
        ),
        labels(
          'Før oppfølgingen på vedtaket som avløste det. Punktene kan fortsatt vurderes.',
          'Før oppfølginga på vedtaket som avløyste det. Punkta kan framleis vurderast.',
          'Record the follow-up on the resolution that superseded it. Its points can still be judged.',
        ),
        allowed,
      )
    : refuse(
        'FINAL',
        labels(
          'Vedtaket er opphevet og følges ikke opp lenger.',
          'Vedtaket er oppheva og blir ikkje følgt opp lenger.',
          'The resolution has been repealed and is no longer followed up.',
        ),
        labels(
          'Trekk tilbake opphevingen hvis den er feil ført. Punktene kan fortsatt vurderes.',
          'Trekk tilbake opphevinga om ho er feil ført. Punkta kan framleis vurderast.',
          'Retract the repeal if it was recorded by mistake. The points can still be judged.',
        ),
        { ...allowed, allowed: [...allowed.allowed, 'retractEntry'] },
      );
};

export const aClosedResolutionIsNotClosedAgain = (resolution: Resolution): Refusal | null =>
  resolution.status !== 'closed'
    ? null
    : refuse(
        'ALREADY_CLOSED',
        labels('Vedtaket er alt avsluttet.', 'Vedtaket er alt avslutta.', 'The resolution has already been closed.'),
        labels(
          'Gjenåpne et punkt hvis noe gjenstår.',
          'Opne eit punkt på nytt om noko står att.',
          'Reopen a point if something remains to be done.',
        ),
        { allowed: ['reopenPoint'] },
      );

export const everyPointIsClosedFirst = (resolution: RecordedResolution): Refusal | null => {
  const open = pointsStillOpen(resolution);
  if (open.length === 0) return null;
  const paths = pathsOf(open.map(({ path }) => path));
  return refuse(
    'POINTS_STILL_OPEN',
    labels(
      `Vedtaket har punkter som ikke er avsluttet: ${paths}.`,
      `Vedtaket har punkt som ikkje er avslutta: ${paths}.`,
      `The resolution has points that are not closed: ${paths}.`,
    ),
    labels(
      'Avslutt hvert punkt som utført, erstattet eller bortfalt, og avslutt deretter vedtaket.',
      'Avslutt kvart punkt som utført, erstatta eller bortfalle, og avslutt deretter vedtaket.',
      'Close each point as carried out, replaced or lapsed, then close the resolution.',
    ),
    { allowed: ['closePoint'] },
  );
};

export const aResolutionDoesNotEndItself = (item: ItemId, by: ItemId | null): Refusal | null =>
  by !== item
    ? null
    : refuse(
        'ITSELF',
        labels(
          'Et vedtak kan ikke endre, avløse eller oppheve seg selv.',
          'Eit vedtak kan ikkje endre, avløyse eller oppheve seg sjølv.',
          'A resolution cannot amend, supersede or repeal itself.',
        ),
        labels('Oppgi vedtaket som gjør det.', 'Oppgi vedtaket som gjer det.', 'Name the resolution that does.'),
      );

/** Judged on what is known of the other resolution now: it is another stream. */
export const onlyAnAdoptedResolutionTouchesAnother = (by: Target | null): Refusal | null =>
  by === null || (by.state !== 'PROPOSED' && by.state !== 'RETRACTED')
    ? null
    : refuse(
        'BY_NOT_ADOPTED',
        labels(
          'Vedtaket du viser til, er ikke vedtatt, eller det er trukket tilbake.',
          'Vedtaket du viser til, er ikkje vedteke, eller det er trekt tilbake.',
          'The resolution you name has not been adopted, or has been retracted.',
        ),
        labels(
          'Registrer at det er vedtatt, eller vis til et annet vedtak.',
          'Registrer at det er vedteke, eller vis til eit anna vedtak.',
          'Record that it was adopted, or name another one.',
        ),
        { candidates: [by.item] },
      );

export const anAmendmentSaysSomething = ({ by, changes }: Pick<ResolutionAmended['data'], 'by' | 'changes'>): Refusal | null =>
  by !== null || changes.length > 0
    ? null
    : refuse(
        'NOTHING_AMENDED',
        labels(
          'Endringen sier ikke hva som endres.',
          'Endringa seier ikkje kva som blir endra.',
          'The amendment does not say what it changes.',
        ),
        labels(
          'Oppgi endringene, vedtaket som endrer, eller begge deler.',
          'Oppgi endringane, vedtaket som endrar, eller begge delar.',
          'Give the changes, the amending resolution, or both.',
        ),
      );

export const aVoteAddsUp = ({ unanimous, against, dissents }: VoteRecorded['data']): Refusal | null =>
  unanimous !== true || ((against ?? 0) === 0 && dissents.length === 0)
    ? null
    : refuse(
        'VOTE_CONTRADICTS_ITSELF',
        labels(
          'En enstemmig votering har verken stemmer mot eller dissens.',
          'Ei samrøystes røysting har verken røyster mot eller dissens.',
          'A unanimous vote has neither votes against nor dissent.',
        ),
        labels(
          'Fjern dissensen og stemmene mot, eller oppgi at voteringen ikke var enstemmig.',
          'Fjern dissensen og røystene mot, eller oppgi at røystinga ikkje var samrøystes.',
          'Leave out the dissent and the votes against, or say that it was not unanimous.',
        ),
      );

const aReasonIsGiven =
  (what: Readonly<{ nb: string; nn: string; en: string }>) =>
  ({ reason }: Pick<Envelope, 'reason'>): Refusal | null =>
    reason !== null
      ? null
      : refuse(
          'REASON_REQUIRED',
          what,
          labels('Skriv grunnen i feltet «reason».', 'Skriv grunnen i feltet «reason».', 'Give the reason in the field «reason».'),
        );

export const aReopeningHasAReason = aReasonIsGiven(
  labels(
    'Når et punkt gjenåpnes, må grunnen oppgis.',
    'Når eit punkt blir opna på nytt, må grunnen oppgjevast.',
    'A point is reopened for a reason, and none was given.',
  ),
);
export const aVerdictHasAReason = aReasonIsGiven(
  labels('En vurdering må begrunnes.', 'Ei vurdering må grunngjevast.', 'A verdict has a reason, and none was given.'),
);
