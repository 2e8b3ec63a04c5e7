import { type DomainEvent } from '@saksgang/kernel';
import { date, describedIn, entryIdAt, isTold, recorded, titlesOf } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { document, type DocumentCommand, type DocumentRegistered } from './index.js';
import {
  ITEM,
  REPORT,
  KS,
  TARGETS,
  HASH,
  told,
  founding,
  registered,
  cited,
  attached,
  filed,
  register,
  cite,
  attach,
  file,
  codeOf,
  decide,
  after,
  correcting,
  retracting,
  data,
} from '../../testing/letter.js';

describe('the document’s record is set right', () => {
  const corrected = told(correcting(0, 'archiveCode', '123'), '2018-10-06', { reason: 'Lest feil' });
  it('is corrected while a correction is in force, of any of its entries', () => {
    expect(after(registered, corrected)).toMatchObject({ status: 'corrected', archiveCode: '123' });
    expect(document.summarise(after(registered, corrected)).state).toBe('CORRECTED');
    expect(after(registered, corrected, told(retracting(1), '2018-10-07', { reason: 'Sto riktig' }))).toMatchObject({
      status: 'registered',
      archiveCode: '0',
    });
    const citation = told(cited('2', 'Vi vet'), '2018-10-06');
    expect(after(registered, citation, told(correcting(1, 'text', 'Vi veit'), '2018-10-07', { reason: 'Målform' })).status).toBe(
      'corrected',
    );
  });
  it('is not corrected by a date that was learnt', () => {
    const established: DomainEvent = { type: 'DateEstablished', data: { entry: entryIdAt(0), date: date('2018-10-03') } };
    const vague = told(founding, '2018-10-05', { occurred: '2018-10' });
    expect(after(vague, told(established, '2018-10-06'))).toMatchObject({ status: 'registered', made: date('2018-10-03') });
  });
  it('keeps citations and attachments with their keys', () => {
    const fixed = (change: Partial<DocumentRegistered['data']>, path: string) =>
      codeOf(document.fixed?.(founding, { type: 'DocumentRegistered', data: { ...data, ...change } }, [path], []));
    expect(fixed({ citations: [{ key: '1', text: 'Takk', locator: null }] }, 'citations.0.text')).toBeNull();
    expect(fixed({ citations: [] }, 'citations')).toBeNull();
    expect(fixed({ attachments: [{ key: '2', title: 'R', item: null }] }, 'attachments.0')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed({ title: 'Rapport' }, 'title')).toBeNull();
  });
  it('gives a key that another entry gave to nothing else, also when that one is retracted', () => {
    const taken = recorded(ITEM, [registered, told(cited('2', 'Vi vet'), '2018-10-06'), told(attached('2', 'Kart'), '2018-10-06')]);
    const gone = [...taken, ...recorded(ITEM, [registered, registered, registered, told(retracting(1), '2018-10-07')]).slice(3)];
    const fixed = (change: Partial<DocumentRegistered['data']>, path: string, entries: typeof taken) =>
      codeOf(document.fixed?.(founding, { type: 'DocumentRegistered', data: { ...data, ...change } }, [path], entries));
    const more = (key: string) => ({ citations: [...data.citations, { key, text: 'Takk', locator: null }] });
    for (const entries of [taken, gone]) {
      expect(fixed(more('2'), 'citations', entries)).toBe('KEYS_WOULD_SHIFT');
      expect(fixed(more('3'), 'citations', entries)).toBeNull();
    }
    const another = { attachments: [...data.attachments, { key: '2', title: 'R', item: null }] };
    expect(fixed(another, 'attachments', taken)).toBe('KEYS_WOULD_SHIFT');
  });
  it('is never attached to itself, by a command or by a correction', () => {
    expect(codeOf(decide([registered], attach(null, 'Rapport', ITEM)))).toBe('ITSELF');
    const itself: DocumentRegistered = {
      type: 'DocumentRegistered',
      data: { ...data, attachments: [{ key: '1', title: 'R', item: ITEM }] },
    };
    expect(codeOf(document.fixed?.(founding, itself, ['attachments.0.item'], recorded(ITEM, [registered])))).toBe('ITSELF');
  });
  it('keeps the item of an attachment that was tied to it on an earlier day than it was first told of', () => {
    const tied = told(attached('2', 'Kart', REPORT), '2018-10-08', { occurred: '2018-10-05' });
    expect(after(registered, told(attached('2', 'Kart'), '2018-10-06'), tied).attachments).toMatchObject([
      {},
      { key: '2', title: 'Kart', item: REPORT },
    ]);
  });
  it('has citations and attachments as parts, each list by its own keys', () => {
    const state = after(registered, told(cited('2', 'Vi vet'), '2018-10-06'));
    const has = (part: string) => document.hasPart(state, part);
    expect([has('citations.1'), has('citations.2'), has('attachments.1'), has('attachments.2'), has('1')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect([cited('2', 'x'), attached('1', 'y'), founding].map((event) => document.partOf(event))).toEqual([
      'citations.2',
      'attachments.1',
      null,
    ]);
  });
});

describe('a document is told', () => {
  it('in plain words, with titles and without names', () => {
    const entries = recorded(ITEM, [
      registered,
      told(cited('2', 'Vi vet'), '2018-10-06'),
      told(attached('2', 'Kart'), '2018-10-06'),
      told(filed, '2018-10-06'),
    ]);
    expect(titlesOf(document, entries)).toEqual([
      'Brev: Rapport fra medlemsdialogen «Kultur for framtida»',
      'Sitat: «Vi vet»',
      'Vedlegg: Kart',
      'Filen er registrert',
    ]);
    const description = describedIn(document, entries)[0]!.description;
    expect(description.nb).toBe(
      'Referanse: 18/01456-7. Datert: 3. oktober 2018. Fra: KS. Til: Fylkesstyret og andre. Arkivkode: 0. Underskrevet av: Områdedirektør. Vedlagt: Rapport fra medlemsdialogen. Står tomt: deres referanse.',
    );
    expect(isTold(description)).toBe(true);
    expect([founding, cited('2', 'x'), filed].map((event) => document.onTimeline(event))).toEqual([true, false, false]);
  });
});

describe('the state table of a document', () => {
  it('is walked: commands lead to REGISTERED and leave it so; CORRECTED is reached by corrections alone', () => {
    const commands: DocumentCommand[] = [register, cite('Vi vet'), attach(null, 'Kart'), file];
    expect(walk(document, ITEM, commands, KS, TARGETS)).toEqual({ ...asWritten(document), reached: new Set(['REGISTERED']) });
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(document.commands).sort());
    expect(Object.keys(document.states)).toEqual(['REGISTERED', 'CORRECTED']);
  });
});

describe('a document’s commands as they come in', () => {
  const { RegisterDocument, RegisterAttachment } = document.commands;
  it('may leave out all that is not known', () => {
    expect(RegisterDocument.parse({ title: 'Årets frivillighetskommune' })).toMatchObject({
      ok: true,
      value: { documentType: null, dated: null, archiveCode: null, blankFields: [], signatories: [], recipients: [], fileHash: null },
    });
  });
  it('may tell of a signature that nobody can read by its title', () => {
    const unread = { role: 'Direktør', body: null, mark: null };
    const parsed = RegisterDocument.parse({ title: 'Brev', signatories: [unread] });
    expect(parsed).toMatchObject({ ok: true, value: { signatories: [{ person: null, role: 'Direktør' }] } });
    const { parse } = document.events.DocumentRegistered;
    expect(parse({ ...data, signatories: [{ ...unread, person: null }] }).ok).toBe(true);
    expect(parse({ ...data, signatories: [unread] }).ok).toBe(false);
  });
  it.each([
    ['a hash that is none', { fileHash: HASH.toUpperCase() }, 'BAD_HASH'],
    ['a name in clear', { caseOfficer: 'Kari' }, 'BAD_VALUE'],
    ['an attachment without a title and an item', { attachments: [{ title: null, item: null }] }, 'REQUIRED'],
    ['an attachment that is no document', { attachments: [{ title: 'R', item: KS.body }] }, 'BAD_ID'],
    ['a blank code', { archiveCode: ' ' }, 'BLANK'],
    ['a field it does not know to be blank', { blankFields: ['COLOUR'] }, 'BAD_VALUE'],
  ])('refuse %s', (_what, given, code) => {
    expect(RegisterDocument.parse({ title: 'Brev', ...given })).toMatchObject({ ok: false, issues: [expect.objectContaining({ code })] });
  });
  it('name the documents they rest on', () => {
    const parsed = RegisterAttachment.parse({ item: REPORT });
    expect(parsed.ok && RegisterAttachment.targets(parsed.value)).toEqual([
      { item: REPORT, part: null, kinds: ['document'], path: ['item'] },
    ]);
    expect(RegisterAttachment.parse({ attachment: '1' })).toMatchObject({ ok: false, issues: [{ code: 'REQUIRED', path: ['title'] }] });
  });
});
