import type { Before, Entry, Json, PartialDate, Refusal, Summary } from '@saksgang/kernel';
import { eventsEverRead } from '../shared/keys.js';
import { elementsKeepTheirKeys } from '../shared/named-item.js';
import type { AgreementEvent } from './agreement.events.js';
import type { AgreementStateName } from './agreement.labels.js';
import type { Agreement, RecordedAgreement } from './agreement.state.js';

export const STATE_OF_AGREEMENT: Readonly<Record<RecordedAgreement['status'], AgreementStateName>> = {
  signed: 'SIGNED',
  inForce: 'IN_FORCE',
  revised: 'REVISED',
  ended: 'EXPIRED',
};

const NO_AGREEMENT: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** It is known by its title; `body` is the first party that is tied to an item. Nobody waits for anything of an agreement. */
export const summariseAgreement = (agreement: Agreement): Summary =>
  agreement.status === 'unknown'
    ? NO_AGREEMENT
    : {
        title: agreement.title,
        references: [agreement.title],
        state: STATE_OF_AGREEMENT[agreement.status],
        subtype: agreement.agreementType,
        open: false,
        projects: [],
        body: agreement.parties.find(({ body }) => body !== null)?.body ?? null,
      };

/** For how long the version that stands last is in force, as far as is known. */
export const periodOf = ({ versions }: RecordedAgreement): PartialDate | null => versions.at(-1)?.period ?? null;

/** A part of an agreement is one of its goals. */
export const hasGoal = (agreement: Agreement, part: string): boolean =>
  agreement.status !== 'unknown' && agreement.goals.some(({ key }) => key === part);

/** What a revision or the coming into force does not mention it does not change. */
export const beforeAgreement = (agreement: Agreement, event: AgreementEvent): Before => {
  if (agreement.status === 'unknown') return {};
  if (event.type !== 'AgreementRevised' && event.type !== 'AgreementBroughtIntoForce') return {};
  const last = agreement.versions.at(-1);
  const { period } = event.data;
  const before = period === null ? null : (last?.period ?? null);
  const periods: readonly (readonly [string, Json])[] =
    before === null
      ? []
      : [
          ['period', { text: before.text, asWritten: before.asWritten }],
          ['period.text', before.text],
          ['period.asWritten', before.asWritten],
        ];
  return { ...Object.fromEntries(periods), ...(event.type === 'AgreementRevised' ? { version: last?.version ?? null } : {}) };
};

const goalKeysEverGiven = (entries: readonly Entry[]): readonly string[] =>
  (eventsEverRead(entries) as readonly AgreementEvent[]).flatMap((event) =>
    event.type === 'AgreementSigned' ? event.data.goals.map(({ key }) => key) : [],
  );

/** Links name goals by their keys. */
export const goalsKeepTheirKeys = (
  before: AgreementEvent,
  after: AgreementEvent,
  paths: readonly string[],
  entries: readonly Entry[],
): Refusal | null =>
  before.type === 'AgreementSigned' && after.type === 'AgreementSigned'
    ? elementsKeepTheirKeys(before.data.goals, after.data.goals, 'goals', paths, goalKeysEverGiven(entries))
    : null;
