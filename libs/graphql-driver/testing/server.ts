import 'reflect-metadata';
import { type INestApplication } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Field,
  GraphQLModule,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { GraphQLError } from 'graphql';
import { SaksgangGraphqlDriver, type SaksgangDriverConfig } from '../src/index.js';

@InputType()
class BoxInput {
  @Field(() => Int, { nullable: true }) width?: number;
  @Field(() => Int, { defaultValue: 7 }) height!: number;
}
enum Letter {
  A = 'a',
  B = 'b',
}
registerEnumType(Letter, { name: 'Letter' });
@InputType()
class Filter {
  @Field(() => [Letter], { nullable: true }) kinds?: Letter[];
  @Field(() => Boolean, { nullable: true, defaultValue: true }) follow?: boolean;
  @Field(() => String, { nullable: true }) from?: string;
  @Field(() => [Letter], { nullable: true, defaultValue: [Letter.A] }) show?: Letter[];
}
@ObjectType()
class Box {
  @Field(() => Int, { nullable: true }) width!: number | null;
  @Field(() => Int) height!: number;
  @Field() given!: string;
  @Field(() => Box, { nullable: true }) inner!: Box | null;
}
@ArgsType()
class CountArgs {
  @Field(() => Int) to!: number;
}

/** What the transports are tried against: echoes, faults and a counter whose end can be seen. */
@Resolver(() => Box)
export class TryoutResolver {
  written = 0;
  open = 0;

  @Query(() => String) greeting(@Args('name', { defaultValue: 'KS' }) name: string): string {
    return `hei, ${name}`;
  }
  @Query(() => Box) box(@Args('input', { type: () => BoxInput, nullable: true }) input?: BoxInput | null): Box {
    return {
      width: input?.width ?? null,
      height: input?.height ?? 0,
      given: JSON.stringify(input ?? null),
      inner: { width: 1, height: 2, given: '', inner: null },
    };
  }
  @Query(() => String) filtered(@Args('filter', { type: () => Filter, nullable: true }) filter?: Filter | null): string {
    return JSON.stringify(filter ?? null, Object.keys(filter ?? {}).sort());
  }
  @Query(() => [Box]) boxes(@Args('inputs', { type: () => [BoxInput] }) inputs: BoxInput[]): Box[] {
    return inputs.map((input) => this.box(input));
  }
  @Query(() => String, { nullable: true }) fault(): string {
    throw new Error('secret of the engine room');
  }
  @Query(() => String, { nullable: true }) refusal(): string {
    throw new GraphQLError('no', { extensions: { code: 'REFUSED' } });
  }
  @Query(() => String, { nullable: true }) later(): Promise<string> {
    return Promise.resolve('later');
  }
  @Mutation(() => Int) write(): number {
    this.written += 1;
    return this.written;
  }
  @Subscription(() => Int, { resolve: (value: number) => value }) async *count(@Args() { to }: CountArgs): AsyncGenerator<number> {
    this.open += 1;
    try {
      for (let number = 1; number <= to; number += 1) yield number;
      if (to === 0) await new Promise<void>((_resolve, reject) => setImmediate(() => reject(new Error('secret of the source'))));
    } finally {
      this.open -= 1;
    }
  }
}

export type Tryout = Readonly<{ app: INestApplication; url: string; resolver: TryoutResolver }>;

export const startTryout = async (config: Partial<SaksgangDriverConfig> = {}): Promise<Tryout> => {
  const testing = await Test.createTestingModule({
    imports: [
      GraphQLModule.forRoot<SaksgangDriverConfig>({
        driver: SaksgangGraphqlDriver,
        path: '/graphql',
        autoSchemaFile: true,
        contextFor: (request) => ({ operation: request.operation, connection: request.connection }),
        ...config,
      }),
    ],
    providers: [TryoutResolver],
  }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return { app, url: `${await app.getUrl()}/graphql`, resolver: app.get(TryoutResolver) };
};

export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
