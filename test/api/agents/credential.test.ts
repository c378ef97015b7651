import { checkCredential } from '../../../api/src/agents/credential.ts';
import { GraphProtocolError, GraphTokenError } from '../../../api/src/agents/graph-errors.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const check = (data: unknown) => checkCredential({ data }, '123', NOW);
const good = { app_id: '123', is_valid: true, expires_at: 0, data_access_expires_at: 0 };

test('zero, and nothing, mean never', () => {
  expect(check(good)).toBeUndefined();
  expect(check({ app_id: '123', is_valid: true })).toBeUndefined();
});

test('the earlier end counts', () => {
  const end = new Date('2026-12-01T00:00:00Z');
  const seconds = end.getTime() / 1000;
  expect(check({ ...good, expires_at: seconds })).toEqual(end);
  expect(check({ ...good, data_access_expires_at: seconds })).toEqual(end);
  expect(check({ ...good, expires_at: seconds + 1, data_access_expires_at: seconds })).toEqual(end);
});

test.each([
  ['invalid', { ...good, is_valid: false }],
  ['of another app', { ...good, app_id: '124' }],
  ['of no app', { ...good, app_id: undefined }],
  ['expired', { ...good, expires_at: SECONDS }],
  ['past its data access', { ...good, data_access_expires_at: SECONDS - 1 }],
])('a token that is %s is refused', (_, data) => {
  expect(() => check(data)).toThrow(GraphTokenError);
});

test.each([undefined, {}, { data: {} }, { data: { is_valid: 'yes' } }])('%j is no report', (report) => {
  expect(() => checkCredential(report, '123')).toThrow(GraphProtocolError);
});
