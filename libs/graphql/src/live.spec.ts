import { GraphQLError } from 'graphql';
import { live } from './live.js';

/** Hands out the given values and then waits until it is told to stop. */
const waiting = (values: readonly number[], ended: string[]) =>
  async function* (signal: AbortSignal): AsyncGenerator<number> {
    try {
      yield* values;
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (signal.aborted) resolve();
      });
    } finally {
      ended.push('source ended');
    }
  };

const PLACE = { after: 'log-0', positionOf: (value: number) => `log-${value}` };

describe('A live source', () => {
  it('hands out its values as resolvers read them', async () => {
    const values = live(waiting([1, 2], []), async (value) => value * 10, PLACE);
    expect(await values.next()).toEqual({ value: 10, done: false });
    expect(await values.next()).toEqual({ value: 20, done: false });
    await values.return?.();
  });

  it('ends at once when the reader leaves, also while it waits for its next value', async () => {
    const ended: string[] = [];
    const values = live(waiting([1], ended), async (value) => value, PLACE);
    await values.next();
    const pending = values.next();
    expect(await values.return?.()).toEqual({ value: undefined, done: true });
    expect(await pending).toEqual({ value: undefined, done: true });
    await new Promise(setImmediate);
    expect(ended).toEqual(['source ended']);
  });

  it('says where its reader stands when a driver ends it for its pace, and where it began when it was handed nothing', async () => {
    const slow = new GraphQLError('too slow', { extensions: { code: 'READER_TOO_SLOW' } });
    const values = live(waiting([7], []), async (value) => value, PLACE);
    await values.next();
    await expect(values.throw?.(slow)).rejects.toMatchObject({ extensions: { code: 'READER_TOO_SLOW', position: 'log-7' } });
    await expect(live(waiting([], []), async (value) => value, PLACE).throw?.(slow)).rejects.toMatchObject({
      extensions: { position: 'log-0' },
    });
  });

  it('hands a fault of the source on', async () => {
    const failing = live(
      async function* () {
        yield 1;
        throw new Error('the log is gone');
      },
      async (value) => value,
      PLACE,
    );
    await failing.next();
    await expect(failing.next()).rejects.toThrow('the log is gone');
  });
});
