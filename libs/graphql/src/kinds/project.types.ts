import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Light } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { GraphQLDay } from '../scalars.js';
import { Assertion } from './party.types.js';

export const LightEnum = enumType<Light>('Light', 'A traffic light (trafikklys).', {
  GREEN: 'Grønt.',
  YELLOW: 'Gult.',
  RED: 'Rødt.',
  NOT_ASSESSED: 'Ikke vurdert: never a guess.',
});

@ObjectType({ implements: () => [Item, Node], description: 'A project (prosjekt).' })
export class Project {}

@ObjectType({ description: 'A meeting of the steering group (møte): what it had been shown can be read again with `AsOf.meeting`.' })
export class Meeting {
  @Field(() => ID, { description: 'What `AsOf.meeting` takes.' }) id!: string;
  @Field(() => String) title!: string;
  @Field(() => GraphQLDay, { description: 'The day it was held (holdt).' }) held!: string;
}

@ObjectType({ description: 'A traffic light with its reason and what is done about it.' })
export class StatusAssessment {
  @Field(() => LightEnum) light!: Light;
  @Field(() => String, { nullable: true, description: 'Why (begrunnelse).' }) reason!: string | null;
  @Field(() => String, { nullable: true, description: 'What is done about it (tiltak).' }) action!: string | null;
}

@ObjectType({ implements: () => [Assertion], description: 'A status report of a project (statusrapport).' })
export class StatusReport {
  @Field(() => StatusAssessment, { description: 'Framdrift.' }) progress!: unknown;
  @Field(() => StatusAssessment, { description: 'Økonomi.' }) economy!: unknown;
  @Field(() => StatusAssessment, { description: 'Kvalitet.' }) quality!: unknown;
  @Field(() => StatusAssessment, { description: 'Risiko.' }) risk!: unknown;
  @Field(() => String, { nullable: true, description: 'Sammendrag.' }) summary!: string | null;
}

export const ProjectConnection = connectionOf('Project', () => Project);
