import { isRefusal } from '@saksgang/kernel';
import { date, entryIdAt } from '../../testing/telling.js';
import { document, type DocumentEvent } from './index.js';
import {
  REPORT,
  KS,
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
  decide,
  codeOf,
  after,
  retracting,
  data,
} from '../../testing/letter.js';

describe('a document is registered', () => {
  it('produces the founding event, attachments and citations with their keys', () => {
    expect(decide([], register)).toEqual([founding]);
  });
  it('refuses what is already on record, and commands on what is not', () => {
    expect(codeOf(decide([registered], register))).toBe('ALREADY_REGISTERED');
    for (const command of [cite('Takk'), attach(null, 'Kart'), file]) expect(codeOf(decide([], command))).toBe('NOT_REGISTERED');
  });
  it('is found by its reference as printed; an archive code of 0 is a code', () => {
    expect(document.summarise(after(registered))).toMatchObject({
      references: ['18/01456-7'],
      state: 'REGISTERED',
      subtype: 'LETTER',
      open: false,
      body: KS.body,
    });
    expect(after(registered)).toMatchObject({ archiveCode: '0', theirReference: null, blankFields: ['THEIR_REFERENCE'] });
    expect(document.facets(after(registered))).toMatchObject({ caseNumber: '18/01456-7', names: [] });
  });
  it('refuses a field that is both blank and filled', () => {
    const decision = decide([], { ...register, theirReference: '2018/77' });
    expect(codeOf(decision)).toBe('BLANK_FIELD_FILLED');
    expect(isRefusal(decision) && decision.message.nb).toContain('deres referanse');
    for (const field of ['CASE_REFERENCE', 'ARCHIVE_CODE', 'CASE_OFFICER', 'DATED', 'SENDER', 'RECIPIENTS'] as const)
      expect([field, codeOf(decide([], { ...register, blankFields: [field] }))]).toEqual([field, 'BLANK_FIELD_FILLED']);
  });
  it('takes the title of an attachment from the item where none is given', () => {
    const [event] = decide([], { ...register, attachments: [{ key: null, title: null, item: REPORT }] }) as readonly DocumentEvent[];
    expect(event).toMatchObject({ data: { attachments: [{ key: '1', title: 'Rapporten', item: REPORT }] } });
  });
  it('says how a source names it', () => {
    expect(document.cite?.(after(registered))).toEqual({
      title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
      reference: '18/01456-7',
      dated: date('2018-10-03', '03.10.2018'),
    });
    expect(document.cite?.(document.decider.initial)).toBeNull();
  });
});

describe('words of a document are cited', () => {
  it('produces the citation under the next free key, that of a retracted one not given again', () => {
    expect(decide([registered], cite('Vi vet'))).toEqual([cited('2', 'Vi vet')]);
    const story = [registered, told(cited('2', 'Vi vet'), '2018-10-06'), told(retracting(1), '2018-10-07', { reason: 'Feil sted' })];
    expect(decide(story, cite('Derfor'))).toEqual([cited('3', 'Derfor')]);
  });
  it('stays quiet about the same words of the same place', () => {
    expect(decide([registered, told(cited('2', 'Vi vet'), '2018-10-06')], cite('Vi vet'))).toEqual([]);
  });
  it('takes a late one on its own day', () => {
    expect(decide([registered, told(cited('2', 'Vi vet'), '2018-10-06')], cite('Derfor'), { occurred: '2018-10-04' })).toEqual([
      cited('3', 'Derfor'),
    ]);
  });
});

describe('an attachment is registered', () => {
  it('produces a new one, and more of one that was known by its title', () => {
    expect(decide([registered], attach(null, 'Kart'))).toEqual([attached('2', 'Kart')]);
    expect(decide([registered], attach('1', null, REPORT))).toEqual([attached('1', 'Rapport fra medlemsdialogen', REPORT)]);
    const state = after(registered, told(attached('1', 'Rapport fra medlemsdialogen', REPORT), '2018-11-01'));
    expect(state.attachments).toMatchObject([{ key: '1', item: REPORT, entry: entryIdAt(1) }]);
    expect(document.facets(state).names).toEqual([REPORT]);
  });
  it('refuses one that is not there, and stays quiet when nothing is new', () => {
    expect(codeOf(decide([registered], attach('7', 'Kart')))).toBe('UNKNOWN_ATTACHMENT');
    expect(decide([registered], attach('1', 'Rapport fra medlemsdialogen'))).toEqual([]);
    expect(decide([registered], attach(null, 'Rapport fra medlemsdialogen'))).toEqual([]);
  });
  it('is part of what it came with, where it is on record', () => {
    const link = { relation: 'PART_OF', target: REPORT, targetPart: null, part: 'attachments.1', inverse: true };
    expect(document.links(attached('1', 'Rapport', REPORT))).toEqual([link]);
    expect(document.links({ ...founding, data: { ...data, attachments: [{ key: '1', title: 'R', item: REPORT }] } })).toEqual([link]);
    expect(document.links(founding)).toEqual([]);
    expect(document.before(after(registered), attached('1', 'Rapport', REPORT))).toMatchObject({ item: null });
  });
});

describe('the file of a document is registered', () => {
  it('produces its hash once', () => {
    expect(decide([registered], file)).toEqual([filed]);
    expect(after(registered, told(filed, '2018-10-06')).fileHash).toBe(HASH);
    expect(decide([registered, told(filed, '2018-10-06')], file)).toEqual([]);
    expect(codeOf(decide([registered, told(filed, '2018-10-06')], { ...file, fileHash: 'cd'.repeat(32) }))).toBe('FILE_ALREADY_REGISTERED');
  });
});
