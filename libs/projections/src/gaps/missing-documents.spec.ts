import { registry } from '@saksgang/kinds';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';

const [FIRST, SECOND] = [idOf('document', 'first'), idOf('document', 'second')];
const letter = (title: string) => ({
  type: 'DocumentRegistered',
  data: {
    title,
    documentType: 'LETTER',
    dated: null,
    caseReference: '18/7-3',
    number: null,
    archiveCode: null,
    sender: null,
    recipients: [],
    openEnded: false,
    recipientsAsWritten: null,
    caseOfficer: null,
    theirReference: null,
    blankFields: [],
    signatories: [],
    attachments: [],
    citations: [],
    fileHash: null,
  },
});

describe('documents of a case that nobody has seen', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(registry);
    side = await world.open();
  });
  afterEach(() => world.close());
  const told = async () => {
    await side.caughtUp();
    const gaps = await side.reading.gaps(null, await side.reading.pin(null, null));
    return gaps.filter(({ rule }) => rule === 'DOCUMENT_NUMBERS_MISSING').map(({ item }) => item);
  };

  it('are told of the one that was registered first, also when its date is established later', async () => {
    const { id } = await world.record(FIRST, letter('A'), { occurred: '../2018-10-03' });
    await world.record(SECOND, letter('B'));
    expect(await told()).toEqual([FIRST]);
    await world.record(FIRST, { type: 'DateEstablished', data: { entry: id, date: { text: '2018-09-12', asWritten: null } } });
    expect(await told()).toEqual([FIRST]);
  });
});
