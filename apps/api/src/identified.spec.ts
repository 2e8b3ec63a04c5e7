import type { Access, Tokens } from '@saksgang/access';
import { identifiedOnce, SEEN_MS_MAX } from './identified.js';

const NOW = Date.parse('2026-03-02T10:00:00.000Z');
const ACTOR = { id: 'actor-1', role: 'secretariat', actorKind: 'PERSON' } as const;

describe('Who asks is found once for each request', () => {
  let now: number;
  let read: string[];
  let logged: string[];
  const start = () => {
    now = NOW;
    [read, logged] = [[], []];
    const tokens: Tokens = {
      read: async (token) => {
        read.push(token);
        if (token === 'bad') return 'BAD_SIGNATURE';
        return { issuer: 'i', subject: 's', role: 'secretariat', name: null, actorKind: 'PERSON', until: NOW + 60_000 };
      },
    };
    const access = { actorOf: async () => ACTOR } as unknown as Access;
    const log = (_level: string, message: string): void => void logged.push(message);
    return identifiedOnce({ access, tokens, log, clock: { now: () => new Date(now).toISOString() } });
  };
  const asking = (token: string, more: object = {}) => ({ headers: { authorization: `Bearer ${token}` }, url: '/graphql', ...more });

  it('at the door, and taken from there where it is answered', async () => {
    const { atDoor, identify } = start();
    const asked = asking('good');
    expect(await atDoor(asked)).toMatchObject({ state: 'KNOWN', actor: ACTOR });
    expect(await identify({ ...asked, connection: null })).toMatchObject({ state: 'KNOWN', actor: ACTOR });
    expect(read).toEqual(['good']);
  });

  it('and anew by whatever goes on for longer', async () => {
    const { atDoor, identify } = start();
    const asked = asking('good');
    await atDoor(asked);
    for (let at = 0; at < 3; at += 1) await identify(asked);
    expect(read).toHaveLength(3);
  });

  it('anew too for a body that was long on its way, for another line and for another address', async () => {
    const { atDoor, identify } = start();
    for (const change of [{ url: '/other' }, { connection: {} }, {}]) {
      const asked = asking('good');
      await atDoor(asked);
      now += Object.keys(change).length === 0 ? SEEN_MS_MAX + 1 : 0;
      await identify({ ...asked, ...change });
    }
    await identify(asking('good'));
    expect(read).toHaveLength(7);
  });

  it('and a refusal is one line in the log, of who answers', async () => {
    const { atDoor, identify } = start();
    const asked = asking('bad');
    await atDoor(asked);
    expect(logged).toEqual([]);
    expect(await identify(asked)).toMatchObject({ state: 'REFUSED', status: 401 });
    expect([read, logged]).toEqual([['bad'], ['an access token was refused']]);
  });
});
