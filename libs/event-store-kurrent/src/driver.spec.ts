import { uuidOf } from '../../event-store/testing/sample-events.js';
import { type KurrentServer, startKurrentServer } from '../../../test/support/kurrent/kurrent-server.js';
import { parseConnection } from './connection-string.js';
import { type Driver, loadDriver, type WireEvent } from './driver.js';
import { collect } from './reading.js';

const event = (word: string, bytes = 1): WireEvent => ({ id: uuidOf(word), type: 'Sampled', data: new Uint8Array(bytes), metadata: {} });
const MS = 2_000;

describe('the driver owns the life of its client', () => {
  let server: KurrentServer;
  let make: () => Driver;
  let generation = 0;
  beforeEach(async () => {
    server = await startKurrentServer();
    const connection = parseConnection(server.connectionString);
    const driver = await loadDriver();
    make = () => driver(connection, (generation += 1));
  });
  afterEach(() => server.close());

  it('breaks a read off with an error when it is thrown away: half a stream is never taken for a whole one', async () => {
    const driver = make();
    for (let index = 0; index < 20; index += 1)
      await driver.append('a', index === 0 ? 'no_stream' : BigInt(index - 1), [event(`big ${index}`, 400_000)], MS);
    const reading = driver.readStream('a', 'start', 'forwards', 20);
    const found = collect(reading);
    const failed = expect(found).rejects.toThrow('No connection established');
    await new Promise<void>((resolve) => void (reading as unknown as NodeJS.EventEmitter).once('readable', resolve));
    await driver.dispose();
    await failed;
  });

  it('answers at once what is asked of it afterwards', async () => {
    const driver = make();
    await driver.dispose();
    await expect(driver.append('a', 'no_stream', [event('one')], MS)).rejects.toThrow('No connection established');
    await expect(collect(driver.readStream('a', 'start', 'forwards', 1))).rejects.toThrow(/No connection established|shut down/);
  });

  it('lets appends under way end, and settles each that begins while others fail', async () => {
    // The library by itself closes its channel at such answers; an append that begins just then would never settle.
    const driver = make();
    for (let round = 0; round < 20; round += 1) {
      server.answerNext('append', { is: 'not-ready' });
      const begun: Promise<unknown>[] = [];
      const begin = (part: number): void =>
        void begun.push(driver.append(`s${round}-${part}`, 'no_stream', [event(`${round} ${part}`)], MS));
      begin(0);
      for (let part = 1; part < 40; part += 1) {
        begin(part);
        await new Promise(setImmediate);
      }
      const outcomes = await Promise.allSettled(begun);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    }
    const last = driver.append('last', 'no_stream', [event('last')], MS);
    await new Promise(setImmediate);
    await driver.dispose();
    expect((await last).revision).toBe(0n);
  });
});
