import { Mutation, Resolver } from '@nestjs/graphql';
import { POINT_DEPTH_MAX, POINTS_MAX } from '@saksgang/kernel';
import type { ResolutionCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import {
  AddTextVariantInput,
  AdoptResolutionInput,
  AmendResolutionInput,
  CloseResolutionInput,
  PointChangeInput,
  PointInput,
  RecordResolutionInput,
  RecordVoteInput,
  RepealResolutionInput,
  SupersedeResolutionInput,
} from './resolution.inputs.js';

const INPUT = 'The command.';
type Path = readonly string[];

const onResolution = async (
  given: Given,
  input: Pick<CloseResolutionInput, 'resolution'>,
  type: ResolutionCommand['type'],
  data: Command['data'] = {},
): Promise<Command> => ({ kind: 'resolution', type, item: await given.item(input.resolution, ['input', 'resolution']), data });

const sizeOf = (points: readonly PointInput[]): number => points.reduce((sum, point) => sum + 1 + sizeOf(point.points ?? []), 0);

/** A tree beyond its limits is handed on without its parties: the kind refuses it whole, and nobody is looked up for nothing. */
const pointsOf = async (given: Given, points: readonly PointInput[], path: Path): Promise<readonly object[]> => {
  const asTheyAre = sizeOf(points) > POINTS_MAX;
  const read = async (point: PointInput, at: Path, depth: number): Promise<object> => ({
    label: point.label ?? null,
    pointKind: point.pointKind,
    text: point.text,
    role: point.role ?? null,
    addressees: asTheyAre || depth > POINT_DEPTH_MAX ? null : await given.parties(point.addressees, [...at, 'addressees']),
    // Said or left to its default: one command, one digest.
    openEnded: point.openEnded === true ? true : null,
    note: point.note ?? null,
    points: point.points
      ? await Promise.all(point.points.map((below, index) => read(below, [...at, 'points', String(index)], depth + 1)))
      : null,
  });
  return Promise.all(points.map((point, index) => read(point, [...path, String(index)], 1)));
};

/** One flat input for three changes: what a change does not take must be left out, or the kind names it as unknown. */
const changeOf = async (given: Given, { change, point, text, added }: PointChangeInput, path: Path): Promise<object> => {
  const own = change === 'ADDED' ? { parent: point ?? null } : { point: point ?? '' };
  const worded = typeof text === 'string' || change === 'REWORDED' ? { text: text ?? '' } : {};
  const [first] = added ? await pointsOf(given, [added], [...path, 'added']) : [];
  return { change, ...own, ...worded, ...(added || change === 'ADDED' ? { added: first ?? null } : {}) };
};

@Resolver()
export class ResolutionCommandsResolver {
  @Mutation(() => Outcome, { description: 'Record a resolution, a statement or a position (registrere vedtak).' })
  @TakesOne('input', () => RecordResolutionInput, INPUT)
  recordResolution(_root: unknown, { input }: Input<RecordResolutionInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) => ({
      kind: 'resolution',
      type: 'RecordResolution',
      item: null,
      data: {
        resolutionType: input.resolutionType,
        title: input.title,
        body: await given.party(input.body, ['input', 'body']),
        caseReference: input.caseReference ?? null,
        meeting: input.meeting ?? null,
        caseOfficer: given.person(input.caseOfficer),
        recordedAs: input.recordedAs === 'PROPOSED' ? input.recordedAs : null,
        projects: await given.items(input.projects, ['input', 'projects']),
        points: await pointsOf(given, input.points, ['input', 'points']),
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'A proposed resolution was adopted (vedtatt).' })
  @TakesOne('input', () => AdoptResolutionInput, INPUT)
  adoptResolution(_root: unknown, { input }: Input<AdoptResolutionInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onResolution(given, input, 'AdoptResolution', { meeting: input.meeting ?? null }));
  }

  @Mutation(() => Outcome, { description: 'A resolution was amended (endret).' })
  @TakesOne('input', () => AmendResolutionInput, INPUT)
  amendResolution(_root: unknown, { input }: Input<AmendResolutionInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onResolution(given, input, 'AmendResolution', {
        by: await given.itemOrNull(input.by, ['input', 'by']),
        changes: await Promise.all(input.changes.map((change, index) => changeOf(given, change, ['input', 'changes', String(index)]))),
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'A resolution was superseded by another (avløst).' })
  @TakesOne('input', () => SupersedeResolutionInput, INPUT)
  supersedeResolution(_root: unknown, { input }: Input<SupersedeResolutionInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onResolution(given, input, 'SupersedeResolution', { by: await given.item(input.by, ['input', 'by']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'A resolution was repealed (opphevet).' })
  @TakesOne('input', () => RepealResolutionInput, INPUT)
  repealResolution(_root: unknown, { input }: Input<RepealResolutionInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onResolution(given, input, 'RepealResolution', { by: await given.itemOrNull(input.by, ['input', 'by']) }),
    );
  }

  @Mutation(() => Outcome, { description: 'All that a resolution asks for is closed (avslutte vedtak).' })
  @TakesOne('input', () => CloseResolutionInput, INPUT)
  closeResolution(_root: unknown, { input }: Input<CloseResolutionInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, (given) => onResolution(given, input, 'CloseResolution'));
  }

  @Mutation(() => Outcome, { description: 'Record how the vote went (votering).' })
  @TakesOne('input', () => RecordVoteInput, INPUT)
  recordVote(_root: unknown, { input }: Input<RecordVoteInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onResolution(given, input, 'RecordVote', {
        point: input.point ?? null,
        unanimous: input.unanimous ?? null,
        inFavour: input.inFavour ?? null,
        against: input.against ?? null,
        abstained: input.abstained ?? null,
        dissents: input.dissents
          ? await Promise.all(
              input.dissents.map(async ({ party, text }, index) => ({
                party: await given.party(party, ['input', 'dissents', String(index), 'party']),
                text: text ?? null,
              })),
            )
          : null,
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Record another wording of the same decision (tekstvariant).' })
  @TakesOne('input', () => AddTextVariantInput, INPUT)
  addTextVariant(_root: unknown, { input }: Input<AddTextVariantInput>, context: RequestContext): Promise<OutcomeSource> {
    const { medium, title, text } = input;
    return record(context, input, (given) => onResolution(given, input, 'AddTextVariant', { medium, title: title ?? null, text }));
  }
}
