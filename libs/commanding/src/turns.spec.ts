import { createTurns } from './turns.js';

/** A piece of work that ends when told to. */
const held = () => {
  let end: (said: string) => void = () => undefined;
  const gate = new Promise<string>((resolve) => {
    end = resolve;
  });
  return { work: () => gate, end: (said: string) => end(said) };
};

describe('turns', () => {
  it('lets one at a time work on a stream, in the order they came', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const first = held();
    const one = turns('a', async () => order.push(await first.work()));
    const two = turns('a', async () => order.push('two'));
    const other = turns('b', async () => order.push('other'));
    await other;
    first.end('one');
    await Promise.all([one, two]);
    expect(order).toEqual(['other', 'one', 'two']);
  });

  it('goes on after work that failed, and the failure is its own caller’s', async () => {
    const turns = createTurns();
    const broken = turns('a', () => Promise.reject(new Error('broken')));
    const next = turns('a', async () => 'next');
    await expect(broken).rejects.toThrow('broken');
    await expect(next).resolves.toBe('next');
  });

  it('answers null beyond its bound, and takes work again when there is room', async () => {
    const turns = createTurns(2);
    const first = held();
    const working = ['w', 'x', 'y'].map((said) => turns('a', () => first.work().then(() => said)));
    expect(turns('a', async () => 'one too many')).toBeNull();
    expect(turns('b', async () => 'elsewhere')).not.toBeNull();
    first.end('done');
    await Promise.all(working.map(async (one) => one));
    await expect(turns('a', async () => 'room again')).resolves.toBe('room again');
  });
});
