import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Kind, OperationTypeNode, parse, print, type OperationDefinitionNode } from 'graphql';
import { listen } from '../support/listening.js';
import { type Json, serve, type Served } from '../support/serve.js';

const FOLDER = new URL('../../apps/api/operations/', import.meta.url);
const files = readdirSync(fileURLToPath(FOLDER)).filter((name) => name.endsWith('.graphql'));
const textOf = (file: string): string => readFileSync(fileURLToPath(new URL(file, FOLDER)), 'utf8');

/** Every operation of every tab; a fragment alone would be a tab that does nothing. */
const operations = files.flatMap((file) =>
  parse(textOf(file))
    .definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)
    .map((one) => [file, one.name?.value ?? '', one] as const),
);

describe('The ready documents of GraphiQL run on the example record:', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
  });
  afterAll(() => served.close());

  it('every file holds one that runs, and takes no variables a newcomer would have to fill in', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(new Set(operations.map(([file]) => file))).toEqual(new Set(files));
    for (const [file, name, { variableDefinitions = [] }] of operations)
      expect([file, name, variableDefinitions.filter((one) => one.type.kind === Kind.NON_NULL_TYPE && !one.defaultValue)]).toEqual([
        file,
        name,
        [],
      ]);
  });

  const asked = operations.filter(([, , { operation }]) => operation !== OperationTypeNode.SUBSCRIPTION);
  it.each(asked.map(([file, name]) => [file, name] as const))('%s: %s', async (file, operationName) => {
    const body = JSON.stringify({ query: textOf(file), operationName: operationName === '' ? null : operationName });
    const { data, errors } = await served.post(body, { authorization: `Bearer ${served.keys.secretariat}` });
    expect(errors).toEqual([]);
    for (const [field, answer] of Object.entries(data as Readonly<Record<string, Json>>)) {
      expect([field, answer?.code ?? null, answer === null]).toEqual([field, null, false]);
      expect(answer.totalCount ?? 1).toBeGreaterThan(0);
    }
  });

  const heard = operations.filter(([, , { operation }]) => operation === OperationTypeNode.SUBSCRIPTION);
  it.each(heard)('%s: %s, from the beginning of the record', async (_file, _name, operation) => {
    const listening = listen('graphql-ws', served.url, print(operation), { after: served.record.store.origin });
    expect(await listening.take(1)).toHaveLength(1);
    await listening.leave();
  });
});
