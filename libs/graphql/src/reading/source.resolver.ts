import { ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../context.js';
import { Document } from '../kinds/document.types.js';
import { itemAt, type ItemSource, type SourceSource } from '../sources.js';
import { PartialDate } from './date.types.js';
import { Source } from './source.types.js';

/** What is said of a document that is on record is told to those who may read the document, as they may now. */
const toldOf = <T>(context: RequestContext, { document }: SourceSource, value: T): T | null | Promise<T | null> => {
  if (document === null || value === null || context.face === 'INTERNAL') return value;
  return context.visibility(document).then(({ publication, shields }) => {
    const isShown = context.face === 'STEERING' || publication !== null;
    return isShown && shields.every(({ part }) => part !== null) ? value : null;
  });
};

@Resolver(() => Source)
export class SourceResolver {
  @ResolveField()
  title(source: SourceSource, _args: unknown, context: RequestContext): string | null | Promise<string | null> {
    return toldOf(context, source, source.title);
  }

  @ResolveField()
  reference(source: SourceSource, _args: unknown, context: RequestContext): string | null | Promise<string | null> {
    return toldOf(context, source, source.reference);
  }

  @ResolveField(() => PartialDate, { nullable: true })
  dated(source: SourceSource, _args: unknown, context: RequestContext): unknown {
    return toldOf(context, source, source.dated);
  }

  @ResolveField()
  locator(source: SourceSource, _args: unknown, context: RequestContext): string | null | Promise<string | null> {
    return toldOf(context, source, source.locator);
  }

  @ResolveField()
  url(source: SourceSource, _args: unknown, context: RequestContext): string | null | Promise<string | null> {
    return toldOf(context, source, source.url);
  }

  @ResolveField(() => Document, { nullable: true, description: 'The document itself, where it is on record.' })
  document({ document, pin }: SourceSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return document === null ? Promise.resolve(null) : itemAt(context, document, pin);
  }
}
