import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../apps/cli/src/commands.js';
import { BadUsage } from '../../apps/cli/src/terminal.js';
import { letterInput, recordBodies } from '../support/letter.js';
import { serve, type Served } from '../support/serve.js';

describe('On the command line, beside a running server,', () => {
  let served: Served;
  let dataDir: string;
  let resolution: string;

  const output = async (...args: string[]): Promise<string> => {
    const written: string[] = [];
    await runCommand([...args.slice(0, 1), '--url', served.url, ...args.slice(1)], {
      environment: { DATA_DIR: dataDir },
      print: (line) => void written.push(`${line}\n`),
      write: (text) => void written.push(text),
    });
    return written.join('');
  };
  const failure = (...args: string[]): Promise<Error> =>
    output(...args).then(
      () => new Error('it did not fail'),
      (error: Error) => error,
    );

  beforeAll(async () => {
    served = await serve();
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-keys-'));
    await recordBodies(served);
    resolution = await served.recorded('recordResolution', letterInput('vedtak', { caseOfficer: { name: 'Ann Evy Duun' } }));
    await served.recorded('holdMeeting', {
      commandId: 'mote',
      project: { reference: 'Oppspill', kind: 'PROJECT' },
      title: 'Styringsgruppemøte 1/2026',
      held: '2026-03-02',
    });
    served.at('2026-03-16T09:00:00.000Z');
    await served.recorded('assignPoint', {
      commandId: 'fordel',
      point: { item: { id: resolution }, point: '3' },
      owner: { name: '=Administrasjonen' },
      deadline: { text: '2026-03-10' },
    });
    await served.recorded('planMilestone', {
      commandId: 'milepael',
      title: 'Stillingen er utlyst',
      project: { reference: 'Oppspill', kind: 'PROJECT' },
      baseline: { text: '2026' },
    });
    // Said and taken back since the meeting: no news.
    const note = await served.mutate('addNote', { commandId: 'notat', item: { id: resolution }, text: 'Ført på feil vedtak.' });
    await served.recorded('retractEntry', { commandId: 'bort', entry: note.entries[0].id, reason: 'Feil vedtak.' });
    await served.publishAll();
  });
  afterAll(async () => {
    rmSync(dataDir, { recursive: true, force: true });
    await served.close();
  });

  it('the steering group prints its meeting sheet, and what is new since the last meeting', async () => {
    const sheet = await output('status', 'Oppspill');
    expect(sheet).toMatch(/^# Status: Kulturprosjektet Oppspill\n/);
    expect(sheet).toContain('| Kultur for framtida | Frist for punkt 3 | 10. mars 2026 | 6 | =Administrasjonen |');
    expect(sheet).toContain('| 2026 | Stillingen er utlyst | Milepæl: Stillingen er utlyst |');
    expect(sheet).not.toContain('Nytt siden');
    for (const meeting of ['siste', '2026-03-02', 'styringsgruppemøte 1/2026']) {
      const news = (await output('status', 'Oppspill', '--since', meeting)).split('## Nytt siden ')[1] ?? '';
      expect(news).toMatch(/^Styringsgruppemøte 1\/2026 \(2\. mars 2026\)\n/);
      expect(news.match(/^- .*$/gm)).toHaveLength(2);
      expect(news).toMatch(/16\. mars 2026: Kultur for framtida – .*punkt 3/i);
      expect(news).toContain('Stillingen er utlyst');
    }
  });

  it('the secretariat takes the follow-up list to its spreadsheet, and nothing in it is a formula', async () => {
    const csv = await output('follow-ups', '--csv', '--project', 'Oppspill');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    const rows = csv.slice(1).split('\r\n');
    expect(rows[0]).toMatch(/^Organ;Vedtatt;/);
    expect(rows).toHaveLength(4);
    const third = rows.find((row) => row.includes(';3;')) ?? '';
    expect(third).toContain(";'=Administrasjonen;");
    expect(third).toContain('10. mars 2026;6;fordelt');
    expect(await output('follow-ups')).toMatch(/^\| Vedtak \| Punkt \|/);
  });

  it('and reads the names of persons with the key of the secretariat only', async () => {
    expect(await output('follow-ups', '--csv')).not.toContain('Duun');
    writeFileSync(join(dataDir, 'secretariat.key'), `${served.keys.secretariat}\n`);
    expect(await output('follow-ups', '--csv')).toContain(';Ann Evy Duun;');
    rmSync(join(dataDir, 'secretariat.key'));
  });

  it('and its calendar has the days that are certain, the others as words, under ids that stay', async () => {
    const calendar = (await output('calendar', '--ics', '--project', 'Oppspill')).replaceAll('\r\n ', '');
    expect(calendar).toContain('DTSTART;VALUE=DATE:20260310\r\n');
    expect(calendar).toContain(`UID:${resolution}/3@saksgang\r\n`);
    expect(calendar).toContain('Dagen er ikke fastsatt: 2026.');
    expect(calendar).not.toContain('20260101');
    const uid = /UID:(milestone-\S+)/.exec(calendar)?.[1] ?? 'none';
    const id = uid.replace('@saksgang', '');
    await served.recorded('forecastMilestone', { commandId: 'prognose', milestone: { id }, forecast: { text: '2026-08-15' } });
    const moved = (await output('calendar', '--ics')).replaceAll('\r\n ', '');
    expect(moved).toContain(`UID:${uid}\r\n`);
    expect(moved).toContain('DTSTART;VALUE=DATE:20260815\r\n');
  });

  it('and no file makes a date certain that is not', async () => {
    await served.recorded('assignPoint', {
      commandId: 'fordel-uviss',
      point: { item: { id: resolution }, point: '2.1' },
      owner: { name: 'Administrasjonen' },
      deadline: { text: '../2026-05-31' },
    });
    const files = [await output('follow-ups', '--csv'), await output('status', 'Oppspill'), await output('calendar', '--ics')];
    expect(files[0]).toContain(';senest 3. oktober 2018;');
    expect(files[0]).toContain(';senest 31. mai 2026;');
    expect(files[1]).toContain('| senest 31. mai 2026 |');
    // Neither day stands anywhere by itself, and the day of the letter is never said to be that of the resolution.
    for (const file of files) expect(file.match(/(?<!senest )(?<!\d)(?:3\. oktober 2018|31\. mai 2026)|2018-?10-?03/u)).toBeNull();
  });

  it('and is told what was wrong and what to do', async () => {
    expect(await failure('status')).toBeInstanceOf(BadUsage);
    expect(await failure('calendar')).toBeInstanceOf(BadUsage);
    expect((await failure('status', 'Oppspill', '--since', 'julebordet')).message).toMatch(/julebordet[^]*Styringsgruppemøte 1\/2026/);
    expect((await failure('status', 'Ukjent prosjekt')).message).toMatch(/Ukjent prosjekt/);
    expect((await failure('follow-ups', '--url', 'ftp://x')).message).toContain('http://HOST:PORT/graphql');
    const nobody = runCommand(['follow-ups', '--url', 'http://127.0.0.1:1/graphql'], {
      environment: { DATA_DIR: dataDir },
      print: () => undefined,
      write: () => undefined,
    });
    await expect(nobody).rejects.toThrow(/npm start/);
  });
});
