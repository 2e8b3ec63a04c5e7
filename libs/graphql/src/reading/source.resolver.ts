import { ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../context.js';
import { Document } from '../kinds/document.types.js';
import { itemAt, type ItemSource, type SourceSource } from '../sources.js';
import { Source } from './source.types.js';

@Resolver(() => Source)
export class SourceResolver {
  @ResolveField(() => Document, { nullable: true, description: 'The document itself, where it is on record.' })
  document({ document, pin }: SourceSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return document === null ? Promise.resolve(null) : itemAt(context, document, pin);
  }
}
