import { labels, refuse, type DecisionContext, type ItemId, type Refusal } from '@saksgang/kernel';
import type { Body, BodyCore, DissolvedBody, MergedBody } from './body.state.js';

export const hasEnded = (body: Body): body is MergedBody | DissolvedBody => body.status === 'merged' || body.status === 'dissolved';

export const aBodyIsEstablishedOnce = (body: Body): Refusal | null =>
  body.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_ESTABLISHED',
        labels(`«${body.name}» er allerede ført.`, `«${body.name}» er alt ført.`, `“${body.name}” is already on record.`),
        labels(
          'Har organet fått nytt navn, før det som navneendring. Er noe feilført, rett oppføringen.',
          'Har organet fått nytt namn, før det som namneendring. Er noko feilført, rett oppføringa.',
          'If the body has a new name, record the renaming. If something is wrong, correct the entry.',
        ),
        { allowed: ['renameBody', 'addBodyAlias', 'correctEntry'] },
      );

export const aBodyMustBeEstablishedFirst = (body: Body): Refusal | null =>
  body.status === 'unknown'
    ? refuse(
        'NOT_ESTABLISHED',
        labels('Organet er ikke ført.', 'Organet er ikkje ført.', 'The body is not on record.'),
        labels('Før opp organet først.', 'Før opp organet først.', 'Establish the body first.'),
        { allowed: ['establishBody'] },
      )
    : null;

const howItEnded = (body: MergedBody | DissolvedBody) =>
  body.status === 'merged'
    ? labels(
        `«${body.name}» er slått sammen med «${body.intoName}».`,
        `«${body.name}» er slått saman med «${body.intoName}».`,
        `“${body.name}” is merged into “${body.intoName}”.`,
      )
    : labels(`«${body.name}» er oppløst.`, `«${body.name}» er oppløyst.`, `“${body.name}” is dissolved.`);

/** Names and claims may still be added: what is learnt of a body may come after its life. */
export const anEndedBodyIsLeftAsItIs = (body: Body): Refusal | null =>
  hasEnded(body)
    ? refuse(
        'BODY_HAS_ENDED',
        howItEnded(body),
        labels(
          'Skjedde dette før organet opphørte, oppgi datoen. Er opphøret feilført, rett eller trekk tilbake den oppføringen.',
          'Hende dette før organet vart avvikla, oppgje datoen. Er avviklinga feilført, rett eller trekk tilbake den oppføringa.',
          'If this happened before the body ended, give the date. If the end was recorded by mistake, correct or retract that entry.',
        ),
        {
          allowed: ['addBodyAlias', 'recordBodyClaim', 'correctEntry', 'retractEntry'],
          candidates: body.status === 'merged' ? [body.into] : [],
        },
      )
    : null;

export const aBodyCannotMergeIntoItself = (into: ItemId, context: DecisionContext): Refusal | null =>
  into === context.item
    ? refuse(
        'MERGED_INTO_ITSELF',
        labels(
          'Et organ kan ikke slås sammen med seg selv.',
          'Eit organ kan ikkje slåast saman med seg sjølv.',
          'A body cannot be merged into itself.',
        ),
        labels('Oppgi organet det går inn i.', 'Oppgje organet det går inn i.', 'Name the body it becomes part of.'),
      )
    : null;

export const aBodyIsNotItsOwnParent = (parent: ItemId | null, context: DecisionContext): Refusal | null =>
  parent !== null && parent === context.item
    ? refuse(
        'PART_OF_ITSELF',
        labels('Et organ kan ikke være del av seg selv.', 'Eit organ kan ikkje vere del av seg sjølv.', 'A body cannot be part of itself.'),
        labels(
          'Oppgi et annet overordnet organ, eller ingen.',
          'Oppgje eit anna overordna organ, eller ingen.',
          'Name another parent, or none.',
        ),
      )
    : null;

export const aClaimHasSomeoneWhoMakesIt = (context: DecisionContext): Refusal | null =>
  context.assertedBy === null
    ? refuse(
        'ASSERTER_REQUIRED',
        labels('Det står ikke hvem som hevder dette.', 'Det står ikkje kven som hevdar dette.', 'It is not said who claims this.'),
        labels('Oppgi hvem som hevder det (assertedBy).', 'Oppgje kven som hevdar det (assertedBy).', 'Say who claims it (assertedBy).'),
      )
    : null;

export const isKnownAs = (body: BodyCore, name: string): boolean => body.name === name || body.aliases.includes(name);
