import { RememberedUsers } from '../../../api/src/middleware/remembered-users.ts';

const USER = { id: 'user-1', role: 'user' as const };
const TOKEN = 'test.token.not-real';
const realNow = Date.now;
const now = realNow();
let users: RememberedUsers;

const at = (seconds: number) => {
  Date.now = () => now + seconds * 1000;
};
const keep = (token: string, forSeconds: number, keys = 'a') =>
  users.keep(token, USER, { expiresAt: now / 1000 + forSeconds, keys });

beforeEach(() => {
  at(0);
  users = new RememberedUsers();
  users.find(TOKEN, 'a');
});
afterEach(() => {
  Date.now = realNow;
});

test('a token is remembered for a minute, and not beyond its end', () => {
  keep(TOKEN, 3600);
  keep('short', 10);
  at(9);
  expect(users.find(TOKEN, 'a')).toEqual(USER);
  expect(users.find('short', 'a')).toEqual(USER);
  expect(users.find(`${TOKEN}x`, 'a')).toBeUndefined();
  at(10);
  expect(users.find('short', 'a')).toBeUndefined();
  at(59);
  expect(users.find(TOKEN, 'a')).toEqual(USER);
  at(60);
  expect(users.find(TOKEN, 'a')).toBeUndefined();
});

test('a clock that was set back keeps nobody', () => {
  keep(TOKEN, 3600);
  at(-1);
  expect(users.find(TOKEN, 'a')).toBeUndefined();
});

test('with other keys nobody is remembered, nor one who was verified with the ones before', () => {
  keep(TOKEN, 3600);
  expect(users.find(TOKEN, 'b')).toBeUndefined();
  keep(TOKEN, 3600, 'a');
  expect(users.find(TOKEN, 'b')).toBeUndefined();
  expect(users.find(TOKEN, 'a')).toBeUndefined();
});

test('nobody can change who it was', () => {
  keep(TOKEN, 3600);
  const user = users.find(TOKEN, 'a');
  expect(() => Object.assign(user ?? {}, { role: 'admin' })).toThrow(TypeError);
});

test('beyond ten thousand the first goes', () => {
  for (let count = 0; count <= 10_000; count++) keep(`token-${count}`, 3600);
  expect(users.find('token-0', 'a')).toBeUndefined();
  expect(users.find('token-1', 'a')).toEqual(USER);
  expect(users.find('token-10000', 'a')).toEqual(USER);
});
