// node test/bench/rivals/apollo.server.mjs: the same schema, resolvers and context as the house's own server, over a record of its own
// copy, served by @nestjs/apollo on Fastify with its defaults for production.
import 'reflect-metadata';
import { ApolloDriver } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { caughtUp, open } from '../record.mjs';

const built = (path) => import(new URL(`../../../dist/${path}`, import.meta.url));
const { contextFor } = await built('libs/graphql/src/index.js');
const { BUILD_OPTIONS } = await built('libs/graphql/src/schema.js');
const { RESOLVERS } = await built('libs/graphql/src/resolvers.js');
const { applyRules } = await built('libs/graphql/src/rules/apply-rules.js');
const { createIdentify, createTokens } = await built('libs/access/src/index.js');
const { CommandingModule } = await built('libs/commanding/src/index.js');
const { systemClock, systemRandom, systemScheduler } = await built('apps/api/src/system.js');

const record = await open(process.env.DATA_DIR);
await caughtUp(record);
const deps = {
  registry: record.registry,
  readings: record.readings,
  store: record.store,
  sealer: record.sealer,
  recording: record.recording,
  actors: record.access,
  persons: record.persons,
  readingLog: record.readingLog,
  random: systemRandom,
  identify: createIdentify({ access: record.access, tokens: createTokens([], { clock: systemClock, scheduler: systemScheduler, fetch }) }),
  log: (line) => void process.stderr.write(`${JSON.stringify(line)}\n`),
};
const serving = GraphQLModule.forRootAsync({
  driver: ApolloDriver,
  inject: [CommandBus],
  useFactory: (bus) => {
    const contextOf = contextFor(deps, bus);
    return {
      path: '/graphql',
      autoSchemaFile: true,
      sortSchema: true,
      buildSchemaOptions: { ...BUILD_OPTIONS },
      transformSchema: applyRules,
      playground: false,
      context: (request) => contextOf({ headers: request.headers, connection: null, url: request.url }),
    };
  },
});
class Twin {}
Module({ imports: [CommandingModule.forRoot({ submit: record.submit }), serving], providers: RESOLVERS })(Twin);

const app = await NestFactory.create(Twin, new FastifyAdapter(), { logger: ['error', 'fatal'] });
await app.listen(0, '127.0.0.1');
process.stdout.write(`listening on http://127.0.0.1:${app.getHttpServer().address().port}/graphql\n`);
process.once('SIGTERM', () => void app.close().then(() => record.close().then(() => process.exit(0))));
