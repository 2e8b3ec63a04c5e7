import {
  grown,
  isRefusal,
  listOf,
  narrows,
  sameParty,
  type Decider,
  type Decision,
  type DecisionContext,
  type Fact,
  type Proposed,
  type Refusal,
} from '@saksgang/kernel';
import type { BodyCommand, EstablishBody, MergeBody, RecordBodyClaim } from './body.commands.js';
import type { BodyEstablished, BodyEvent } from './body.events.js';
import {
  aBodyCannotMergeIntoItself,
  aBodyIsEstablishedOnce,
  aBodyIsNotItsOwnParent,
  aBodyMustBeEstablishedFirst,
  aClaimHasSomeoneWhoMakesIt,
  anEndedBodyIsLeftAsItIs,
  hasEnded,
  isKnownAs,
} from './body.rules.js';
import type { Body, BodyCore, LivingBody } from './body.state.js';

type Told = Fact<BodyEvent> | Proposed<BodyEvent>;
type States = Readonly<{ then: Body; now: Body }>;

const without = (names: readonly string[], name: string): readonly string[] => names.filter((other) => other !== name);
const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

const established = ({ data }: BodyEstablished, fact: Told): LivingBody => ({
  status: 'established',
  name: data.name,
  aliases: without(distinct(data.aliases), data.name),
  names: [{ name: data.name, since: fact.occurred }],
  parent: data.parent,
  period: data.period,
  claims: null,
  established: fact.occurred,
});

const renamed = (body: LivingBody, name: string, fact: Told): LivingBody => ({
  ...body,
  status: 'renamed',
  name,
  aliases: without(distinct([...body.aliases, body.name]), name),
  names: [...body.names, { name, since: fact.occurred }],
});

/** A claim not yet recorded has no entry id: it is only seen while its own legality is judged. */
const claimed = <B extends BodyCore>(body: B, claim: string, fact: Told): B => ({
  ...body,
  claims: grown(body.claims, {
    entry: 'entry' in fact ? fact.entry : '',
    claim,
    assertedBy: fact.assertedBy,
    source: fact.source,
    occurred: fact.occurred,
  }),
});

const evolve = (body: Body, fact: Told): Body => {
  const { event } = fact;
  if (event.type === 'BodyEstablished') return body.status === 'unknown' ? established(event, fact) : body;
  if (body.status === 'unknown') return body;
  switch (event.type) {
    case 'BodyAliasAdded':
      return isKnownAs(body, event.data.alias) ? body : { ...body, aliases: [...body.aliases, event.data.alias] };
    case 'BodyClaimRecorded':
      return claimed(body, event.data.claim, fact);
    case 'BodyRenamed':
      return hasEnded(body) || body.name === event.data.name ? body : renamed(body, event.data.name, fact);
    case 'BodyMerged':
      return hasEnded(body) ? body : { ...body, ...event.data, status: 'merged', ended: fact.occurred };
    case 'BodyDissolved':
      return hasEnded(body) ? body : { ...body, status: 'dissolved', ended: fact.occurred };
  }
};

const permits = (body: Body, { event }: Told): Refusal | null => {
  switch (event.type) {
    case 'BodyEstablished':
      return aBodyIsEstablishedOnce(body);
    case 'BodyAliasAdded':
    case 'BodyClaimRecorded':
      return aBodyMustBeEstablishedFirst(body);
    case 'BodyRenamed':
    case 'BodyMerged':
    case 'BodyDissolved':
      return aBodyMustBeEstablishedFirst(body) ?? anEndedBodyIsLeftAsItIs(body);
  }
};

const permitted = (state: Body, event: BodyEvent, { occurred, assertedBy, source, reason, day }: DecisionContext): Decision<BodyEvent> =>
  permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const establish = (command: EstablishBody, { now }: States, context: DecisionContext): Decision<BodyEvent> =>
  aBodyIsNotItsOwnParent(command.parent, context) ??
  permitted(
    now,
    {
      type: 'BodyEstablished',
      data: {
        name: command.name,
        aliases: without(distinct(command.aliases), command.name),
        parent: command.parent,
        period: command.period,
      },
    },
    context,
  );

const recordClaim = ({ claim }: RecordBodyClaim, { then }: States, context: DecisionContext): Decision<BodyEvent> => {
  const refusal = aClaimHasSomeoneWhoMakesIt(context);
  if (refusal !== null) return refusal;
  const known =
    then.status !== 'unknown' &&
    listOf(then.claims).some((other) => other.claim === claim && sameParty(other.assertedBy, context.assertedBy));
  return known ? [] : permitted(then, { type: 'BodyClaimRecorded', data: { claim } }, context);
};

/** An end is final whenever it came: it is judged on what is in effect now as well as on what was then. */
const ended = (event: BodyEvent, { then, now }: States, context: DecisionContext): Decision<BodyEvent> => {
  const decision = permitted(now, event, context);
  return isRefusal(decision) ? decision : permitted(then, event, context);
};

const merge = ({ into }: MergeBody, states: States, context: DecisionContext): Decision<BodyEvent> => {
  const refusal = aBodyCannotMergeIntoItself(into, context);
  if (refusal !== null) return refusal;
  if (states.now.status === 'merged' && states.now.into === into && narrows(states.now.ended, context.occurred)) return [];
  return ended({ type: 'BodyMerged', data: { into, intoName: context.targets.get(into)?.title ?? into } }, states, context);
};

const decide = (command: BodyCommand, states: States, context: DecisionContext): Decision<BodyEvent> => {
  const { then, now } = states;
  switch (command.type) {
    case 'EstablishBody':
      return establish(command, states, context);
    case 'RenameBody':
      if (then.status !== 'unknown' && then.name === command.name) return [];
      return permitted(then, { type: 'BodyRenamed', data: { name: command.name } }, context);
    case 'AddBodyAlias':
      if (then.status !== 'unknown' && isKnownAs(then, command.alias)) return [];
      return permitted(then, { type: 'BodyAliasAdded', data: { alias: command.alias } }, context);
    case 'RecordBodyClaim':
      return recordClaim(command, states, context);
    case 'MergeBody':
      return merge(command, states, context);
    case 'DissolveBody':
      // Said again with nothing new in it, it is already true; with a sharper date it is an established date or a correction.
      if (now.status === 'dissolved' && narrows(now.ended, context.occurred)) return [];
      return ended({ type: 'BodyDissolved', data: {} }, states, context);
  }
};

export const bodyDecider: Decider<BodyCommand, Body, BodyEvent> = { initial: { status: 'unknown' }, evolve, decide, permits };
