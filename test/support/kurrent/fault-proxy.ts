import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** Where connections go; asked anew for each. */
export type Target = Readonly<{ host?: string; port: number }>;
export type Direction = 'to-server' | 'to-client';
export type FaultProxy = Readonly<{
  /** Clients connect here, on 127.0.0.1. Stays taken until `close`, so that no other process gets it in between. */
  port: number;
  /** Open connections right now. */
  connections: () => number;
  /** Cuts every connection with a TCP reset, or the one whose port towards the target is given; new ones are taken. */
  reset: (upstreamPort?: number) => void;
  /** Cuts every connection and every new one at once, as a machine does on which nothing runs. */
  refuse: () => void;
  /** A black hole: connections stand and are taken, and not a byte moves. What is under way moves on after `heal`. */
  freeze: () => void;
  /** Every piece arrives `ms` later, in order. */
  delay: (ms: number) => void;
  /** Once: resets the connection that carries the last of so many more bytes in this direction, in the middle of a message as it may be. */
  cutAfter: (bytes: number, direction: Direction) => void;
  /** All is well again. */
  heal: () => void;
  close: () => Promise<void>;
}>;

type Link = Readonly<{ client: Socket; upstream: Socket }>;
type Mode = 'open' | 'refusing' | 'frozen';

/** A TCP proxy that fails on command: the faults of a network, without touching either end. */
export const startFaultProxy = async ({ target, port = 0 }: { target: Target; port?: number }): Promise<FaultProxy> => {
  const links = new Set<Link>();
  let mode: Mode = 'open';
  let delayMs = 0;
  let cut: { left: number; direction: Direction } | null = null;

  const cutLink = ({ client, upstream }: Link): void => {
    client.resetAndDestroy();
    upstream.resetAndDestroy();
  };

  /** How much of this piece still gets through before the cut; null: all, and no cut. */
  const lastBytes = (bytes: number, direction: Direction): number | null => {
    if (cut?.direction !== direction) return null;
    const { left } = cut;
    cut = bytes < left ? { ...cut, left: left - bytes } : null;
    return cut === null ? left : null;
  };

  const pipe = (link: Link, from: Socket, to: Socket, direction: Direction): void => {
    const forward = (piece: Buffer): void => {
      if (to.destroyed) return;
      const last = lastBytes(piece.byteLength, direction);
      if (last === null) return void (to.write(piece) || from.pause());
      from.pause();
      to.write(piece.subarray(0, last), () => cutLink(link));
    };
    // What is delayed waits in line: nothing overtakes it, whatever the delay has become since.
    const line: (() => void)[] = [];
    const inTurn = (act: () => void): void => {
      if (delayMs === 0 && line.length === 0) return act();
      line.push(act);
      setTimeout(() => line.shift()?.(), delayMs);
    };
    to.on('drain', () => void (mode === 'frozen' || from.resume()));
    from.on('data', (piece: Buffer) => inTurn(() => forward(piece)));
    from.on('end', () => inTurn(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      links.delete(link);
      to.destroySoon();
    });
  };

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    if (mode === 'refusing') return void client.resetAndDestroy();
    const upstream = connect({ host: target.host ?? '127.0.0.1', port: target.port, allowHalfOpen: true });
    const link: Link = { client, upstream };
    links.add(link);
    for (const socket of [client, upstream]) socket.setNoDelay(true);
    pipe(link, client, upstream, 'to-server');
    pipe(link, upstream, client, 'to-client');
    if (mode === 'frozen') [client, upstream].forEach((socket) => socket.pause());
    else client.resume();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const resetAll = (): void => [...links].forEach(cutLink);
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => links.size,
    reset: (upstreamPort) =>
      [...links].filter(({ upstream }) => upstreamPort === undefined || upstream.localPort === upstreamPort).forEach(cutLink),
    refuse: () => {
      mode = 'refusing';
      resetAll();
    },
    freeze: () => {
      mode = 'frozen';
      for (const { client, upstream } of links) [client, upstream].forEach((socket) => socket.pause());
    },
    delay: (ms) => void (delayMs = ms),
    cutAfter: (bytes, direction) => void (cut = { left: bytes, direction }),
    heal: () => {
      mode = 'open';
      delayMs = 0;
      cut = null;
      for (const { client, upstream } of links) [client, upstream].forEach((socket) => socket.resume());
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      resetAll();
      await closed;
    },
  };
};
