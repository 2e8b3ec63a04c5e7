import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { AgreementType } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';
import { PartialDate } from '../reading/date.types.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';
import { Assertion } from './party.types.js';

export const AgreementTypeEnum = enumType<AgreementType>('AgreementType', 'What sort of agreement it is (type avtale).', {
  DECLARATION: 'Erklæring.',
  PLATFORM: 'Plattform.',
  AGREEMENT: 'Avtale.',
});

@ObjectType({ implements: () => [Item, Node], description: 'A declaration, a platform or an agreement (erklæring, plattform, avtale).' })
export class Agreement {}

@ObjectType({ description: 'A goal of an agreement, verbatim (mål i avtale).' })
export class AgreementGoal {
  @Field(() => ID, { description: 'The same for ever within its agreement.' }) key!: string;
  @Field(() => String) text!: string;
}

@ObjectType({ description: 'A signature on an agreement (underskrift).' })
export class AgreementSignature {
  @Field(() => String, { nullable: true, description: 'The title beside the name (tittel).' }) role!: string | null;
}

@ObjectType({ implements: () => [Assertion], description: 'What an agreement was from then on; the first is what was signed (versjon).' })
export class AgreementVersion {
  @Field(() => String, { nullable: true, description: 'What it is called; null for what was signed.' }) version!: string | null;
  @Field(() => String, { nullable: true, description: 'What is new in it.' }) text!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'For how long it is in force (periode).' }) period!: unknown;
}

@ObjectType({ implements: () => [Assertion], description: 'A party that joined later (tiltredelse).' })
export class Accession {
  @Field(() => ID) id!: string;
}

export const AgreementConnection = connectionOf('Agreement', () => Agreement);
