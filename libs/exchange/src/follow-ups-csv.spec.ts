import { followUpsCsv, type FollowUpLine } from './follow-ups-csv.js';

const LINE: FollowUpLine = {
  body: 'Hovedstyret i KS',
  decided: 'senest 3. oktober 2018',
  caseReference: '18/01456-7',
  resolution: 'Kultur for framtida',
  point: '3',
  text: 'KS styrker organisasjonen på kulturfeltet',
  owner: 'Administrasjonen',
  caseOfficer: null,
  deadline: '30. juni 2026',
  daysOverdue: 12,
  state: 'fordelt',
  closedAs: null,
  lastReport: null,
  verdicts: [],
  remark: null,
};

/** Reads the file as RFC 4180 says, quotes and all. */
const parsed = (csv: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let [row, cell, inside]: [string[], string, boolean] = [[], '', false];
  for (let at = 1; at < csv.length; at += 1) {
    const [one, two] = [csv[at] ?? '', csv.slice(at, at + 2)];
    if (inside && two === '""') [cell, at] = [`${cell}"`, at + 1];
    else if (one === '"') inside = !inside;
    else if (!inside && one === ';') [row, cell] = [[...row, cell], ''];
    else if (!inside && two === '\r\n') {
      rows.push([...row, cell]);
      [row, cell, at] = [[], '', at + 1];
    } else cell += one;
  }
  expect([inside, cell, row]).toEqual([false, '', []]);
  return rows;
};

describe('The follow-up list as a file', () => {
  it('opens in a Norwegian spreadsheet: byte order mark, semicolons, CRLF, Norwegian headings', () => {
    const csv = followUpsCsv([LINE]);
    expect([...Buffer.from(csv).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csv.slice(1).split('\r\n')[0]).toBe(
      'Organ;Vedtatt;Saksnummer;Vedtak;Punkt;Tekst;Ansvarlig;Saksbehandler;Frist;Dager over frist;Status;Avsluttet som;Siste rapport;Vurderinger;Merknad',
    );
    expect(parsed(csv)[1]).toEqual([
      'Hovedstyret i KS', 'senest 3. oktober 2018', '18/01456-7', 'Kultur for framtida', '3', 'KS styrker organisasjonen på kulturfeltet',
      'Administrasjonen', '', '30. juni 2026', '12', 'fordelt', '', '', '', '',
    ]); // prettier-ignore
  });

  it.each(['en; to', 'sagt «ja» og "nei"', 'linje\nto', 'linje\r\nto', ';', '"'])('gives %j back as it is', (text) => {
    expect(parsed(followUpsCsv([{ ...LINE, text }]))[1]?.[5]).toBe(text);
  });

  it.each(['=1+1', '+47 22', '-Løfte', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '\u00a0=1', '＝1', '=HYPERLINK("x";"y")'])(
    'defuses %j, which a spreadsheet would run',
    (text) => {
      for (const [column, key] of [
        [5, 'text'],
        [14, 'remark'],
        [6, 'owner'],
        [3, 'resolution'],
      ] as const)
        // prettier-ignore
        expect(parsed(followUpsCsv([{ ...LINE, [key]: text }]))[1]?.[column]).toBe(`'${text}`);
    },
  );

  it('says only what it holds when there is nothing to follow up', () => {
    expect(parsed(followUpsCsv([]))).toHaveLength(1);
  });
});
