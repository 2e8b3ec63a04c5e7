import { BadConnectionString, parseConnection } from './connection-string.js';

const SECRET = 'hemmelig';
const whyBad = (text: string): string => {
  try {
    parseConnection(text);
  } catch (error) {
    expect(error).toBeInstanceOf(BadConnectionString);
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

describe('a connection string', () => {
  it('is taken apart: the client is given an address without user and password, and always the leader', () => {
    const { address, credentials, hosts } = parseConnection(`esdb://saks%3Agang:${SECRET}%40%2F@db:2113?tlsCAFile=%2Fca.crt`);
    expect(credentials).toEqual({ username: 'saks:gang', password: `${SECRET}@/` });
    expect(address).toBe('esdb://db:2113?nodePreference=leader&tlscafile=%2Fca.crt');
    expect(hosts).toBe('db:2113');
  });

  it('names the nodes of a cluster with commas', () => {
    expect(parseConnection('esdb://u:p@a:1,b:2,c:3/?tls=true').address).toBe('esdb://a:1,b:2,c:3?nodePreference=leader&tls=true');
    expect(parseConnection('esdb+discover://u:p@cluster:2113').address).toBe('esdb+discover://cluster:2113?nodePreference=leader');
  });

  it('without a user is good for an insecure server only, and then still gives one, which keeps the client off its batch path', () => {
    expect(parseConnection('esdb://db?tls=false').credentials).toEqual({ username: 'nobody', password: 'nobody' });
    expect(whyBad('esdb://db')).toContain('takes a user and a password');
  });

  it('keeps a password with an @ that nobody encoded out of the hosts', () => {
    expect(parseConnection(`esdb://u:${SECRET}@@db:2113`)).toMatchObject({ hosts: 'db:2113', credentials: { password: `${SECRET}@` } });
  });

  it.each([
    ['another scheme', `kurrentdb://u:${SECRET}@db`, 'not of the form'],
    ['no host', `esdb://u:${SECRET}@`, 'not of the form'],
    ['nothing', '', 'not of the form'],
    ['a user without a password', `esdb://${SECRET}@db`, 'both needed'],
    ['a broken percent sign', `esdb://u:${SECRET}%zz@db`, 'each percent-encoded'],
    ['an option the client would ignore', `esdb://u:${SECRET}@db?tlsVerifyCert=false`, 'tlsCAFile'],
    ['an option in other letters', `esdb://u:${SECRET}@db?tls_verify-cert=false`, 'no effect'],
    ['a follower', `esdb://u:${SECRET}@db?nodePreference=follower`, 'always leader'],
    ['a certificate for a user', `esdb://u:${SECRET}@db?userCertFile=a&userKeyFile=b`, 'not supported'],
    ['answers that hide failures', `esdb://u:${SECRET}@db?throwOnAppendFailure=false`, 'throwOnAppendFailure'],
    ['an unknown option', `esdb://u:${SECRET}@db?tsl=false`, 'no option «tsl»'],
    ['an option twice', `esdb://u:${SECRET}@db?tls=true&tls=false`, 'given twice'],
    ['a keep-alive below what the client takes', `esdb://u:${SECRET}@db?keepAliveInterval=1000`, 'at least 10000'],
  ])('is refused with %s, and the password is not shown', (_, text, why) => {
    expect(whyBad(text)).toContain(why);
    expect(whyBad(text)).not.toContain(SECRET);
  });
});
