import type { Party } from './entry.js';
import { sameParty } from './party.js';

const person = (sealed: string, id: string): Party => ({ body: null, name: { sealed, person: id } });
const body = (id: string, name: string): Party => ({ body: id, name });

describe('Two parties are the same', () => {
  it.each<[string, Party | null, Party | null, boolean]>([
    ['when it is the same person, sealed twice', person('c2FsdDE', 'person-1'), person('c2FsdDI', 'person-1'), true],
    ['not when it is another person', person('c2FsdDE', 'person-1'), person('c2FsdDE', 'person-2'), false],
    ['when it is the same body, renamed since', body('body-1', 'KS'), body('body-1', 'KS – kommunesektoren'), true],
    ['not when two bodies share a name', body('body-1', 'KS'), body('body-2', 'KS'), false],
    ['not when a name is not tied to the body', body('body-1', 'KS'), { body: null, name: 'KS' }, false],
    ['when a name without a body is the same', { body: null, name: 'KS' }, { body: null, name: 'KS' }, true],
    ['not when one is a person and one a name', person('c2FsdDE', 'person-1'), { body: null, name: 'KS' }, false],
    ['when there is none', null, null, true],
    ['not when only one is there', null, body('body-1', 'KS'), false],
  ])('%s', (_, one, other, same) => {
    expect(sameParty(one, other)).toBe(same);
    expect(sameParty(other, one)).toBe(same);
  });
});
