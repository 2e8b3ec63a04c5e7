import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { ActorKindEnum, RoleEnum } from '../enums.js';
import { GraphQLInstant, GraphQLJson, GraphQLPosition } from '../scalars.js';
import { PartialDate } from './date.types.js';
import { Node } from './item.types.js';
import { connectionOf } from './page.types.js';
import { Source } from './source.types.js';

@ObjectType({ description: 'Who recorded (aktør): the holder of a key, or the system itself.' })
export class Actor {
  @Field(() => ID) id!: string;
  @Field(() => RoleEnum) role!: string;
  @Field(() => ActorKindEnum) actorKind!: string;
}

@ObjectType({ description: 'A field that was changed: by an entry, or between two points of view (endret felt).' })
export class FieldChange {
  @Field(() => String, {
    description:
      'Of an entry: as `correctEntry` takes it, `points.0.text`. Of a difference: where it stands in the item, `reports.@7.text` for what revision 7 added.',
  })
  path!: string;
  @Field(() => GraphQLJson, { nullable: true, description: 'What stood there before; null where nothing did.' })
  before!: unknown;
  @Field(() => GraphQLJson, { nullable: true })
  after!: unknown;
}

@ObjectType({ implements: () => [Node], description: 'One entry of the record: never changed, never removed (oppføring).' })
export class Entry {
  @Field(() => GraphQLPosition, { description: 'Its place in the log.' })
  position!: string;
  @Field(() => String, { description: 'The event, past tense: `PointAssigned`.' })
  type!: string;
  @Field(() => Int, { description: 'Version of the event’s form as it was stored.' })
  version!: number;
  @Field(() => GraphQLInstant, { description: 'When the record learned it; never changes (ført).' })
  recordedAt!: string;
  @Field(() => PartialDate, { description: 'When it happened, as this entry says; corrections stand in entries of their own (skjedd).' })
  occurred!: unknown;
  @Field(() => Source, { nullable: true })
  source!: unknown;
  @Field(() => String, { nullable: true, description: 'Why (begrunnelse).' })
  reason!: string | null;
  @Field(() => ID, { description: 'The command that made it: its idempotency key.' })
  commandId!: string;
}

export const EntryConnection = connectionOf('Entry', () => Entry);
