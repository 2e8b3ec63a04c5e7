import { Field, ObjectType } from '@nestjs/graphql';
import { PartialDate } from '../reading/date.types.js';
import { Assertion } from './party.types.js';

@ObjectType({
  implements: () => [Assertion],
  description: 'A date as it was planned, forecast or known at some time (planlagt dato): what it was, and which entry says so.',
})
export class PlannedDate {
  @Field(() => PartialDate, { description: 'Dato.' }) date!: unknown;
  @Field(() => String, { nullable: true, description: 'Why (begrunnelse).' }) reason!: string | null;
}
