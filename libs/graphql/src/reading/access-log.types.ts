import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { ReadingLogFilter, ReadWhat } from '@saksgang/access';
import type { Instant } from '@saksgang/kernel';
import { ReadWhatEnum, RoleEnum, type RoleOrUnknown } from '../enums.js';
import { GraphQLInstant } from '../scalars.js';
import { ForwardArgs } from './arguments.types.js';
import { connectionOf } from './page.types.js';

@ObjectType({ description: 'Somebody read a name of a person, or something shielded (innsyn). What stood there is not told.' })
export class Access {
  @Field(() => ID, { description: 'Its number in the log of readings.' }) id!: string;
  @Field(() => GraphQLInstant, { description: 'When it was read.' }) at!: Instant;
  @Field(() => RoleEnum, { description: 'What the reader was then (rolle).' }) role!: RoleOrUnknown;
  @Field(() => String, { nullable: true, description: 'The `x-request-id` of its answer.' }) request!: string | null;
  @Field(() => String, { nullable: true, description: 'The name of the operation, as its client calls it.' }) operation!: string | null;
  @Field(() => ID, { nullable: true, description: 'The item that was read of; of an actor’s own name, the actor.' }) item!: string | null;
  @Field(() => ReadWhatEnum, { description: 'What made it a reading that is logged.' }) what!: ReadWhat;
}
export const AccessConnection = connectionOf('Access', () => Access);

@InputType({ description: 'Which readings. All that is given must fit.' })
export class AccessFilter implements ReadingLogFilter {
  @Field(() => [ID], { nullable: true, description: 'By these actors, at most 100.' }) actors?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Of these items, or of these actors’ names, at most 100.' }) items?: string[] | null;
  @Field(() => GraphQLInstant, { nullable: true, description: 'At this instant or later (fra og med).' }) since?: Instant | null;
  @Field(() => GraphQLInstant, { nullable: true, description: 'At this instant or earlier (til og med).' }) until?: Instant | null;
  @Field(() => ReadWhatEnum, { nullable: true, description: 'Only these.' }) what?: ReadWhat | null;
}

@ArgsType()
export class AccessLogArgs extends ForwardArgs {
  @Field(() => AccessFilter, { nullable: true, description: 'Omitted: all.' }) filter?: AccessFilter | null;
}
