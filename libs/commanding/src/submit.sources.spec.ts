import { onDay, type PartialDate } from '@saksgang/kernel';
import { codeOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

describe('a source that is a document on record', () => {
  let house: House;
  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  const nothing = { title: null, reference: null, dated: null, locator: null, url: null } as const;
  const letter = async () =>
    (
      await mustRecord(
        house.submit(
          say('document', 'RegisterDocument', null, 'brev', {
            title: 'Rapport fra medlemsdialogen',
            caseReference: '18/01456-7',
            dated: { text: '2018-10-03', asWritten: '03.10.2018' },
          }),
        ),
      )
    ).item;
  const start = (document: string, more: Readonly<Record<string, unknown>> = {}) =>
    say('project', 'StartProject', null, 'oppspill', { title: 'Oppspill' }, { source: { ...nothing, document, ...more } });

  it('stands with the title, reference and date that the document had', async () => {
    const document = await letter();
    const { entries } = await mustRecord(house.submit(start(document, { locator: 'første avsnitt' })));
    expect(entries[0]).toMatchObject({
      source: {
        document,
        title: 'Rapport fra medlemsdialogen',
        reference: '18/01456-7',
        dated: { text: '2018-10-03', asWritten: '03.10.2018' },
        locator: 'første avsnitt',
        url: null,
      },
      occurred: { text: '../2018-10-03' },
    });
  });
  it('keeps what the command itself says of it', async () => {
    const document = await letter();
    const dated: PartialDate = onDay('2018-10-02');
    const { entries } = await mustRecord(house.submit(start(document, { title: 'Brev fra KS', dated })));
    expect(entries[0]?.source).toMatchObject({ title: 'Brev fra KS', reference: '18/01456-7', dated });
  });
  it('is the same command when it is sent again after the document was corrected', async () => {
    const document = await letter();
    const first = await mustRecord(house.submit(start(document)));
    const [entry] = (await house.log()).filter(({ stream }) => stream === document);
    await mustRecord(
      house.submit(
        say(
          'document',
          'CorrectEntry',
          document,
          'retting',
          { entry: entry?.id, set: [{ path: 'title', value: 'Rapport' }] },
          { reason: 'Kortere' },
        ),
      ),
    );
    expect(await house.submit(start(document))).toEqual({ ...first, replayed: true });
  });
  it('is given by a correction of an entry, with what it is called', async () => {
    const document = await letter();
    const { item, entries } = await mustRecord(house.submit(say('project', 'StartProject', null, 'oppspill', { title: 'Oppspill' })));
    const correction = say(
      'project',
      'CorrectEntry',
      item,
      'retting',
      { entry: entries[0]?.id, source: { ...nothing, document } },
      { reason: 'Kilden var ikke ført' },
    );
    const corrected = await mustRecord(house.submit(correction));
    expect(corrected.entries[0]?.event.data).toMatchObject({
      source: { document, title: 'Rapport fra medlemsdialogen', reference: '18/01456-7' },
    });
  });
  it('is refused where it is no document, or not there', async () => {
    const { item: body } = await mustRecord(house.submit(say('body', 'EstablishBody', null, 'ks', { name: 'KS' })));
    const outcomes = [await house.submit(start(body)), await house.submit(start(body.replace('body', 'document')))];
    expect(outcomes.map(codeOf)).toEqual(['WRONG_KIND', 'UNKNOWN_ITEM']);
    for (const outcome of outcomes) expect(JSON.stringify(outcome)).toContain('input.source.document');
  });
  it('is refused as invalid where it has not the form of an id', async () => {
    expect(codeOf(await house.submit(start('brev')))).toBe('invalid');
  });
});
