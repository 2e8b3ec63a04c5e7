import { labelOfDate, labels, same, type Described, type Fact, type Labels } from '@saksgang/kernel';
import { LIGHT_LABELS } from '../project/project.view.js';
import { partyLabel } from '../shared/party.js';
import { quantityLabel } from '../shared/quantity.js';
import { NOTHING_SAID, excerpt, headed, joined, quoted, remark, sentence } from '../shared/wording.js';
import type { IndicatorBaseline, IndicatorSet, ResultGoalAssessed, ResultGoalEvent, IndicatorTarget } from './result-goal.events.js';
import { GOAL_LEVEL_LABELS, GOAL_OUTCOME_LABELS, TARGET_AIM_LABELS } from './result-goal.labels.js';
import { indicatorOf } from './result-goal.rules.js';
import type { ResultGoal } from './result-goal.state.js';

const capital = (text: Labels): Labels => {
  const raised = (one: string): string => one.charAt(0).toUpperCase() + one.slice(1);
  return labels(raised(text.nb), raised(text.nn), raised(text.en));
};

/** «Mål A», or «Målet» where the state is not at hand. */
const theGoal = (state: ResultGoal | undefined): Labels =>
  state === undefined || state.status === 'unknown'
    ? labels('Målet', 'Målet', 'The goal')
    : joined([labels('Mål', 'Mål', 'Goal'), same(state.code)]);

/** «gult lys, 40 prosent», or what is left to say. */
const standing = ({ light, progress }: ResultGoalAssessed['data']): Labels =>
  joined(
    [
      light === null || light === 'NOT_ASSESSED' ? NOTHING_SAID : joined([LIGHT_LABELS[light], labels('lys', 'lys', 'light')]),
      light === 'NOT_ASSESSED' ? LIGHT_LABELS.NOT_ASSESSED : NOTHING_SAID,
      progress === null
        ? NOTHING_SAID
        : labels(`${progress} prosent framdrift`, `${progress} prosent framdrift`, `${progress} per cent progress`),
    ],
    ', ',
  );

const assessmentTitle = ({ data }: ResultGoalAssessed, state: ResultGoal | undefined): Labels => {
  const head = labels(`${theGoal(state).nb} vurdert`, `${theGoal(state).nn} vurdert`, `${theGoal(state).en} assessed`);
  const said = standing(data);
  return said.nb === '' ? head : headed(head, said);
};

const titleOf = (event: ResultGoalEvent, state: ResultGoal | undefined): Labels => {
  switch (event.type) {
    case 'ResultGoalSet': {
      const what = joined([capital(GOAL_LEVEL_LABELS[event.data.level]), same(event.data.code)]);
      return joined([what, labels('satt', 'sett', 'set')]);
    }
    case 'ResultGoalAssessed':
      return assessmentTitle(event, state);
    case 'IndicatorSet': {
      const anew = state !== undefined && indicatorOf(state, event.data.indicator) !== undefined;
      const head = anew
        ? labels('Indikator endret', 'Indikator endra', 'Indicator changed')
        : labels('Indikator', 'Indikator', 'Indicator');
      return headed(head, same(excerpt(event.data.name)));
    }
    case 'IndicatorMeasured': {
      const indicator = state === undefined ? undefined : indicatorOf(state, event.data.indicator);
      const head = labels('Målt', 'Målt', 'Measured');
      const what = indicator === undefined ? head : joined([head, quoted(excerpt(indicator.name))]);
      return headed(what, quantityLabel(event.data.value, event.data.asWritten, indicator?.unit ?? null));
    }
    case 'ResultGoalConcluded':
      return joined([theGoal(state), labels('er', 'er', 'is'), GOAL_OUTCOME_LABELS[event.data.outcome]]);
  }
};

const said = (text: string | null): Labels => (text === null ? NOTHING_SAID : sentence(same(excerpt(text))));

/** «12 prosent (2016)». */
const baselineLabel = ({ value, asWritten, at }: IndicatorBaseline, unit: string | null): Labels => {
  const number = quantityLabel(value, asWritten, unit);
  if (at === null) return number;
  const time = labelOfDate(at);
  return labels(`${number.nb} (${time.nb})`, `${number.nn} (${time.nn})`, `${number.en} (${time.en})`);
};

/** «minst 80 prosent, frist 2020». */
const targetLabel = ({ value, asWritten, aim, by }: IndicatorTarget, unit: string | null): Labels => {
  const number = joined([aim === null ? NOTHING_SAID : TARGET_AIM_LABELS[aim], quantityLabel(value, asWritten, unit)]);
  const until = by === null ? NOTHING_SAID : joined([labels('frist', 'frist', 'deadline'), labelOfDate(by)]);
  return joined([number, until], ', ');
};

const definition = ({ data: { unit, baseline, target } }: IndicatorSet): Labels =>
  joined([
    remark(labels('Måleenhet', 'Måleeining', 'Unit'), unit === null ? null : same(unit)),
    remark(labels('Utgangspunkt', 'Utgangspunkt', 'Baseline'), baseline === null ? null : baselineLabel(baseline, unit)),
    remark(labels('Målverdi', 'Målverdi', 'Target'), target === null ? null : targetLabel(target, unit)),
  ]);

const detailOf = ({ event }: Fact<ResultGoalEvent>): Labels => {
  switch (event.type) {
    case 'ResultGoalSet':
      return joined([
        said(event.data.text),
        remark(labels('Prosjekt', 'Prosjekt', 'Project'), event.data.project === null ? null : same(excerpt(event.data.project.title))),
      ]);
    case 'ResultGoalAssessed':
      return said(event.data.text);
    case 'IndicatorSet':
      return definition(event);
    case 'IndicatorMeasured':
      return joined([
        remark(labels('Gjelder', 'Gjeld', 'Of'), event.data.at === null ? null : labelOfDate(event.data.at)),
        said(event.data.text),
      ]);
    case 'ResultGoalConcluded':
      return NOTHING_SAID;
  }
};

const whoSays = ({ event, assertedBy }: Fact<ResultGoalEvent>): Labels =>
  assertedBy === null || (event.type !== 'ResultGoalAssessed' && event.type !== 'ResultGoalConcluded')
    ? NOTHING_SAID
    : remark(labels('Vurdert av', 'Vurdert av', 'Assessed by'), partyLabel(assertedBy));

/** `state`: the one in effect just before the fact; with it a title names the goal and its indicator. */
export const describeResultGoal = (fact: Fact<ResultGoalEvent>, state?: ResultGoal): Described => ({
  title: titleOf(fact.event, state),
  description: joined([
    detailOf(fact),
    whoSays(fact),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), fact.reason === null ? null : same(excerpt(fact.reason))),
  ]),
});
