import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';

const heard = (socket: Socket): Promise<string> => once(socket, 'data').then(([piece]) => String(piece));
/** Resolves with true when `promise` has not settled after `ms`: the only way to see that nothing comes. */
const isSilent = (promise: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => false,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(resolve, ms, true)),
  ]);

describe('the fault proxy', () => {
  let echo: Server;
  let proxy: FaultProxy;
  const sockets: Socket[] = [];
  const dial = (): Socket => {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  const ask = (socket: Socket, text: string): Promise<string> => {
    const answer = heard(socket);
    socket.write(text);
    return answer;
  };
  beforeEach(async () => {
    echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await startFaultProxy({ target: { port: (echo.address() as AddressInfo).port } });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await proxy.close();
    echo.close();
  });

  it('carries both ways, and an end', async () => {
    const socket = dial();
    expect(await ask(socket, 'hei')).toBe('hei');
    socket.end();
    await once(socket, 'close');
    expect(proxy.connections()).toBe(0);
  });

  it('resets what is open and takes what comes', async () => {
    const socket = dial();
    await ask(socket, 'hei');
    const error = once(socket, 'error');
    proxy.reset();
    expect((await error)[0]).toMatchObject({ code: 'ECONNRESET' });
    expect(await ask(dial(), 'igjen')).toBe('igjen');
  });

  it('refuses until it is healed', async () => {
    proxy.refuse();
    expect((await once(dial(), 'error'))[0]).toMatchObject({ code: 'ECONNRESET' });
    proxy.heal();
    expect(await ask(dial(), 'hei')).toBe('hei');
  });

  it('swallows every byte while frozen, on old and new connections, and lets them go on when healed', async () => {
    const old = dial();
    await ask(old, 'hei');
    proxy.freeze();
    const answers = [ask(old, 'en'), ask(dial(), 'to')];
    for (const answer of answers) expect(await isSilent(answer, 50)).toBe(true);
    proxy.heal();
    expect(await Promise.all(answers)).toEqual(['en', 'to']);
  });

  it('delays, in order, also what comes after the delay was lifted', async () => {
    const socket = dial();
    await ask(socket, 'hei');
    proxy.delay(60);
    const answer = ask(socket, 'en');
    expect(await isSilent(answer, 30)).toBe(true);
    expect(await answer).toBe('en');
    let all = '';
    socket.on('data', (piece) => (all += String(piece)));
    for (let index = 0; index < 5; index += 1) socket.write(String(index));
    await new Promise((resolve) => setTimeout(resolve, 20));
    proxy.delay(0);
    socket.write('5');
    while (all.length < 6) await once(socket, 'data');
    expect(all).toBe('012345');
  });

  it.each(['to-server', 'to-client'] as const)('cuts once after so many bytes %s', async (direction) => {
    const socket = dial();
    await ask(socket, 'hei');
    proxy.cutAfter(3, direction);
    expect(await ask(socket, 'en')).toBe('en');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const rest: string[] = [];
    socket.on('data', (piece) => rest.push(String(piece)));
    socket.write('to');
    await closed;
    expect(rest.join('')).not.toContain('o');
    expect(await ask(dial(), 'hei igjen')).toBe('hei igjen');
  });

  it('closes with connections open', async () => {
    const socket = dial();
    await ask(socket, 'hei');
    proxy.freeze();
    const error = once(socket, 'error');
    await proxy.close();
    expect((await error)[0]).toMatchObject({ code: 'ECONNRESET' });
    proxy = await startFaultProxy({ target: { port: (echo.address() as AddressInfo).port } });
  });
});
