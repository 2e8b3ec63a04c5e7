import { readFileSync } from 'node:fs';
import {
  ITEM,
  MINISTRY,
  SOURCE,
  STORTINGET,
  after,
  merged,
  ordered,
  planned,
  presented,
  sourced,
  start,
  to,
  told,
  withdrawn,
} from '../../testing/culture-paper.js';
import { isTold, readAs, recorded, type Told } from '../../testing/telling.js';
import { whitePaper, type WhitePaperEvent } from './index.js';

const samples = JSON.parse(readFileSync(new URL('../../../../test/golden/events/whitePaper.v1.json', import.meta.url), 'utf8')) as Record<
  string,
  object
>;
const events = Object.entries(samples).map(([type, data]) => ({ type, data }) as WhitePaperEvent);

describe('what the timeline says', () => {
  const titles = (...story: readonly Told[]) => {
    const fact = readAs(recorded(ITEM, story)).facts.at(-1);
    const { title } = whitePaper.describe(fact as never, story.length === 1 ? undefined : after(...story.slice(0, -1)));
    return Object.values(title).map((text) => text.replace(/^Ny kulturmelding: /, ''));
  };
  const committee = { body: null, name: 'familie- og kulturkomiteen' };

  it.each<[string, readonly Told[], readonly string[]]>([
    [
      'an announcement',
      [start],
      [
        'Stortingsmelding varslet: Ny kulturmelding',
        'Stortingsmelding varsla: Ny kulturmelding',
        'White paper announced: Ny kulturmelding',
      ],
    ],
    [
      'an order',
      [start, told(ordered, '2017-06-13')],
      ['bestilt av Stortinget, vedtak 897', 'bestilt av Stortinget, vedtak 897', 'ordered by Stortinget, vedtak 897'],
    ],
    [
      'a plan',
      [start, told(planned('2018-12'), '2018-05-01')],
      ['planlagt lagt fram desember 2018', 'planlagd lagd fram desember 2018', 'planned presentation December 2018'],
    ],
    [
      'a delay without end',
      [start, told(planned('unknown'), '2018-05-01')],
      ['utsatt, uten ny dato', 'utsett, utan ny dato', 'postponed, with no new date'],
    ],
    [
      'a presentation',
      [start, presented],
      ['lagt fram som Meld. St. 8 (2018–2019)', 'lagd fram som Meld. St. 8 (2018–2019)', 'presented as Meld. St. 8 (2018–2019)'],
    ],
    [
      'a referral',
      [start, sourced(to('REFERRED', { committee }), '2018-12-01')],
      ['oversendt familie- og kulturkomiteen', 'send til familie- og kulturkomiteen', 'referred to familie- og kulturkomiteen'],
    ],
    [
      'a recommendation',
      [start, sourced(to('RECOMMENDED', { reference: 'Innst. 258 S (2018–2019)' }), '2019-05-07')],
      [
        'innstilling avgitt, Innst. 258 S (2018–2019)',
        'innstilling gitt, Innst. 258 S (2018–2019)',
        'recommendation given, Innst. 258 S (2018–2019)',
      ],
    ],
    [
      'a merger',
      [start, told(merged, '2018-01-01')],
      ['slått sammen med «Melding om barnekultur»', 'slått saman med «Melding om barnekultur»', 'merged into “Melding om barnekultur”'],
    ],
    [
      'a verdict',
      [
        start,
        told(ordered, '2017-06-13'),
        told({ type: 'WhitePaperJudged', data: { order: '1', outcome: 'NOT_FULFILLED' } }, '2018-01-01', {
          reason: 'Ingen egen melding',
          assertedBy: STORTINGET,
        }),
      ],
      [
        'vurdering av bestilling 1 fra Stortinget: ikke oppfylt',
        'vurdering av bestilling 1 frå Stortinget: ikkje oppfylt',
        'verdict on order 1 by Stortinget: not fulfilled',
      ],
    ],
  ])('of %s', (_what, story, expected) => {
    expect(titles(...story)).toEqual(expected);
  });
  it('names the paper where the state is at hand', () => {
    const fact = readAs(recorded(ITEM, [start, told(withdrawn, '2018-01-01')])).facts[1];
    expect(whitePaper.describe(fact as never, after(start)).title.nb).toBe('Ny kulturmelding: trukket tilbake');
    expect(whitePaper.describe(fact as never).title.nb).toBe('Trukket tilbake');
  });
  it('says something about every event also where the state is not at hand, and never a person’s name', () => {
    for (const event of events) {
      const fact = readAs(recorded(ITEM, [{ event, on: '2019-06-01', reason: 'Fordi', source: SOURCE }])).facts[0];
      const { title, description } = whitePaper.describe(fact as never);
      expect([event.type, isTold(title), isTold(description)]).toEqual([event.type, true, true]);
      expect(title.nb.charAt(0)).toBe(title.nb.charAt(0).toUpperCase());
      expect(`${title.nb} ${description.nb}`).not.toMatch(/AAAA|BBBB|person-/);
    }
  });
  it('of rapporteurs their parties, never their names', () => {
    const { rapporteurs } = samples['WhitePaperAdvanced'] as Extract<WhitePaperEvent, { type: 'WhitePaperAdvanced' }>['data'];
    const told = (list: typeof rapporteurs) => {
      const story = [start, sourced(to('IN_COMMITTEE', { rapporteurs: list }), '2018-12-01')];
      return whitePaper.describe(readAs(recorded(ITEM, story)).facts.at(-1) as never).description.nb;
    };
    expect(told(rapporteurs)).toContain('Saksordførere: en navngitt person (Arbeiderpartiet) og en navngitt person.');
    expect(told(rapporteurs.slice(1))).toContain('Saksordfører: en navngitt person.');
    expect(told([])).not.toContain('Saksordfører');
  });
  it('compares a plan with the one before it, and a ministry with the one that was announced', () => {
    const state = after(start, told(planned('2018-06'), '2017-05-01'));
    expect(whitePaper.before(state, planned('2018-12'))).toEqual({ planned: { text: '2018-06', asWritten: null } });
    expect(whitePaper.before(state, to('PRESENTED', { ministry: MINISTRY }))).toEqual({ ministry: null });
    expect(whitePaper.before(state, withdrawn)).toEqual({});
  });
});
