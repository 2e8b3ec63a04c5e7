import {
  labelOfDate,
  labels,
  same,
  type Before,
  type DeclaredLink,
  type Described,
  type Fact,
  type Labels,
  type Summary,
} from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark } from '../shared/wording.js';
import type { BodyEvent } from './body.events.js';
import type { Body } from './body.state.js';

export const BODY_LABEL = labels('organ', 'organ', 'body');

export const BODY_STATES = {
  ESTABLISHED: { label: labels('opprettet', 'oppretta', 'established'), final: false },
  RENAMED: { label: labels('har skiftet navn', 'har skifta namn', 'renamed'), final: false },
  MERGED: { label: labels('slått sammen med et annet organ', 'slått saman med eit anna organ', 'merged into another body'), final: true },
  DISSOLVED: { label: labels('oppløst', 'oppløyst', 'dissolved'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type BodyStateName = keyof typeof BODY_STATES;

const STATE_OF: Readonly<Record<Exclude<Body['status'], 'unknown'>, BodyStateName>> = {
  established: 'ESTABLISHED',
  renamed: 'RENAMED',
  merged: 'MERGED',
  dissolved: 'DISSOLVED',
};

const ALIASES = labels('andre navn', 'andre namn', 'other names');
const NAME = labels('navn', 'namn', 'name');

export const BODY_FIELDS: Readonly<Record<string, Labels>> = {
  name: NAME,
  aliases: ALIASES,
  'aliases.*': labels('annet navn', 'anna namn', 'other name'),
  parent: labels('overordnet organ', 'overordna organ', 'parent body'),
  period: labels('periode', 'periode', 'period'),
  'period.text': labels('periode', 'periode', 'period'),
  'period.asWritten': labels('periode slik kilden skriver den', 'periode slik kjelda skriv han', 'period as written in the source'),
  alias: labels('annet navn', 'anna namn', 'other name'),
  claim: labels('påstand', 'påstand', 'claim'),
  into: labels('slått sammen med', 'slått saman med', 'merged into'),
  intoName: labels('navnet på organet det gikk inn i', 'namnet på organet det gjekk inn i', 'name of the body it became part of'),
};

const titleOf = (event: BodyEvent): Labels => {
  switch (event.type) {
    case 'BodyEstablished':
      return labels(`${event.data.name} opprettet`, `${event.data.name} oppretta`, `${event.data.name} established`);
    case 'BodyRenamed':
      return headed(labels('Nytt navn', 'Nytt namn', 'New name'), same(event.data.name));
    case 'BodyAliasAdded':
      return joined([labels('Også kalt', 'Òg kalla', 'Also known as'), quoted(event.data.alias)]);
    case 'BodyClaimRecorded':
      return headed(labels('Påstand', 'Påstand', 'Claim'), quoted(excerpt(event.data.claim)));
    case 'BodyMerged':
      return joined([labels('Slått sammen med', 'Slått saman med', 'Merged into'), same(event.data.intoName)]);
    case 'BodyDissolved':
      return labels('Oppløst', 'Oppløyst', 'Dissolved');
  }
};

const detailOf = ({ event, assertedBy }: Fact<BodyEvent>): Labels => {
  switch (event.type) {
    case 'BodyEstablished': {
      const { aliases, period } = event.data;
      return joined([
        remark(labels('Også kalt', 'Òg kalla', 'Also known as'), aliases.length === 0 ? null : listed(aliases.map(quoted))),
        remark(labels('Periode', 'Periode', 'Period'), period === null ? null : labelOfDate(period)),
      ]);
    }
    case 'BodyClaimRecorded':
      return remark(labels('Hevdet av', 'Hevda av', 'Claimed by'), assertedBy === null ? null : partyLabel(assertedBy));
    case 'BodyRenamed':
    case 'BodyAliasAdded':
    case 'BodyMerged':
    case 'BodyDissolved':
      return NOTHING_SAID;
  }
};

export const describeBody = (fact: Fact<BodyEvent>): Described => ({
  title: titleOf(fact.event),
  description: joined([
    detailOf(fact),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), fact.reason === null ? null : same(excerpt(fact.reason))),
  ]),
});

const NO_BODY: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** `body` is the parent: a list filtered by a body shows the organs it has. */
export const summariseBody = (body: Body): Summary =>
  body.status === 'unknown'
    ? NO_BODY
    : {
        title: body.name,
        references: [body.name, ...body.aliases],
        state: STATE_OF[body.status],
        subtype: null,
        open: false,
        projects: [],
        body: body.parent,
      };

export const linksOfBody = (event: BodyEvent): readonly DeclaredLink[] => {
  const linkTo = (relation: DeclaredLink['relation'], target: string): readonly DeclaredLink[] => [
    { relation, target, targetPart: null, part: null, inverse: false },
  ];
  if (event.type === 'BodyEstablished') return event.data.parent === null ? [] : linkTo('PART_OF', event.data.parent);
  return event.type === 'BodyMerged' ? linkTo('MERGED_INTO', event.data.into) : [];
};

export const beforeBody = (body: Body, event: BodyEvent): Before =>
  event.type === 'BodyRenamed' && body.status !== 'unknown' ? { name: body.name } : {};

const ON_TIMELINE: Readonly<Record<BodyEvent['type'], boolean>> = {
  BodyEstablished: true,
  BodyRenamed: true,
  BodyAliasAdded: false,
  BodyClaimRecorded: false,
  BodyMerged: true,
  BodyDissolved: true,
};
export const isBodyMilestone = (event: BodyEvent): boolean => ON_TIMELINE[event.type];
