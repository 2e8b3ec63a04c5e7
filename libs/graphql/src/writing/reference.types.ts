import { Field, ID, InputType } from '@nestjs/graphql';
import { KindEnum } from '../kind-edges.js';

@InputType({
  description:
    'Names an item in exactly one way: its `id`, a `reference` (with `kind` where several kinds may carry it), or `createdBy`, the ' +
    'commandId that recorded it.',
})
export class ItemRef {
  @Field(() => ID, { nullable: true }) id?: string | null;
  @Field(() => String, { nullable: true, description: 'As printed, in any spelling: `18/01456-7`, `2018/1456`, `Oppspill`.' })
  reference?: string | null;
  @Field(() => KindEnum, { nullable: true, description: 'Narrows `reference` and `createdBy`.' }) kind?: string | null;
  @Field(() => ID, { nullable: true, description: 'The commandId of the command that recorded it.' }) createdBy?: string | null;
}

@InputType({ description: 'Names an item, or a part of it.' })
export class PartRef {
  @Field(() => ItemRef) item!: ItemRef;
  @Field(() => String, { nullable: true, description: 'The path of a point, «2.3.1»; omitted: the whole item.' }) point?: string | null;
}
