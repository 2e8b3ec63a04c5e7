import { Field, ObjectType } from '@nestjs/graphql';
import type { Day, Opened } from '@saksgang/kernel';
import { DatePrecisionEnum, SealedStateEnum } from '../enums.js';
import { GraphQLDay } from '../scalars.js';

@ObjectType({ description: 'When something happened, as far as is known (dato, så langt den er kjent).' })
export class PartialDate {
  @Field(() => String, { description: 'EDTF-like: `2016-06-07` `2016-06` `2016` `2016/2019` `../2018-10-03` `2016-09-25/..` `unknown`.' })
  text!: string;
  @Field(() => String, { nullable: true, description: 'The source’s own words, «7.juni 2016» (slik det står).' })
  asWritten!: string | null;
  @Field(() => DatePrecisionEnum)
  precision!: string;
  @Field(() => GraphQLDay, { nullable: true, description: 'First day it can have been (tidligst).' })
  earliest!: Day | null;
  @Field(() => GraphQLDay, { nullable: true, description: 'Last day it can have been (senest).' })
  latest!: Day | null;
}

@ObjectType({ description: 'A person’s name: personal data, stored sealed, opened per request for those who may see it (personnavn).' })
export class SealedText {
  @Field(() => String, { nullable: true, description: 'The name, or null when it is not shown.' })
  value!: string | null;
  @Field(() => SealedStateEnum)
  sealedState!: Opened['state'];
}
