import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory, type BuildSchemaOptions } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { RESOLVERS } from './resolvers.js';
import { rulesOf } from './rules/apply-rules.js';

/** How Nest builds the schema, wherever it is built: the server and the printed contract are one. */
export const BUILD_OPTIONS: BuildSchemaOptions = { noDuplicatedFields: true, numberScalarMode: 'integer' };

/** The contract as text, sorted: what `/schema.graphql` serves and `test/golden/schema.graphql` holds. */
export const printSdl = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

/** The schema without its resolvers: its shape alone. @throws UnruledSchema where nobody has said who sees a field */
export const buildShape = async (): Promise<GraphQLSchema> => {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    const schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS, { ...BUILD_OPTIONS });
    rulesOf(schema);
    return schema;
  } finally {
    await app.close();
  }
};

export const buildSdl = async (): Promise<string> => printSdl(await buildShape());
