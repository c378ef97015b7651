import type { FacebookSettings } from '../../../api/src/config.ts';
import { AgentEntries } from '../../../api/src/utils/agent-entries.ts';
import type { AgentEntry } from '../../../api/src/utils/agent-entry.ts';
import {
  type AgentIdentity,
  configuredIdentity,
  identityKey,
  identityOf,
  isSameIdentity,
  settingsFor,
} from '../../../api/src/utils/agent-identity.ts';

const SETTINGS: FacebookSettings = {
  accessToken: 'test-token-not-real',
  adAccountId: '1',
  appId: '2',
  appSecret: 'test-secret-not-real',
  graphUrl: 'http://127.0.0.1:9',
  graphVersion: 'v26.0',
  timeoutSeconds: 10,
};
const BASE = configuredIdentity(SETTINGS);
const keyOf = (accessToken: string) => identityKey(identityOf({ accessToken }, BASE), BASE);
const OTHERS: Partial<FacebookSettings>[] = [
  { accessToken: 'x' },
  { adAccountId: 'x' },
  { appId: 'x' },
  { appSecret: 'x' },
  { accessToken: 'x', adAccountId: 'x' },
  { accessToken: 'xx' },
];

test('what is told apart has numbers of its own, and the same has the same', () => {
  const all = OTHERS.map((other) => configuredIdentity({ ...SETTINGS, ...other }));
  for (const one of all)
    for (const other of all)
      expect(isSameIdentity(one, other)).toBe(identityKey(one, BASE) === identityKey(other, BASE));
  const keys = new Set(Array.from({ length: 50_000 }, (_, n) => keyOf(`t${n}`)));
  // In 32 bits two of so many meet now and then, wherever the numbers begin.
  expect(keys.size).toBeGreaterThan(50_000 - 10);
  expect([...keys].every((key) => key === (key | 0))).toBe(true);
});

test('each character of a token has its part in the number, and where it stands', () => {
  const tokens = ['abcd', 'bbcd', 'abcc', 'abcde', 'abXde', 'cdab', 'dcba', 'a', 'b', 'ab', 'ba', 'aa', ''];
  const long = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(4);
  const changed = Array.from(long, (_, at) => `${long.slice(0, at)}X${long.slice(at + 1)}`);
  const turned = Array.from(long.slice(1, 36), (_, at) => long.slice(at + 1) + long.slice(0, at + 1));
  const all = [...tokens, long, ...changed, ...turned, `${long}a`, `${long}\u0000`, 'x'.repeat(5000)];
  expect(new Set(all.map(keyOf)).size).toBe(all.length);
});

test('what is left out is as configured', () => {
  expect(isSameIdentity(identityOf({ adAccountId: `act_${BASE.adAccountId}` }, BASE), BASE)).toBe(true);
  expect(isSameIdentity(identityOf({ adAccountId: '9' }, BASE), BASE)).toBe(false);
  const ofApp = identityOf({ appId: '7' }, BASE);
  expect(isSameIdentity(ofApp, BASE)).toBe(false);
  expect(isSameIdentity(identityOf({ appId: '2' }, ofApp), BASE)).toBe(true);
  expect(settingsFor(ofApp, SETTINGS)).toEqual({ ...SETTINGS, appId: '7' });
});

test('an agent of another Graph is another one', () => {
  expect(isSameIdentity(BASE, configuredIdentity(SETTINGS))).toBe(true);
  expect(isSameIdentity(BASE, configuredIdentity({ ...SETTINGS, graphUrl: 'http://127.0.0.1:8' }))).toBe(
    false,
  );
  expect(isSameIdentity(BASE, configuredIdentity({ ...SETTINGS, graphVersion: 'v25.0' }))).toBe(false);
});

describe('those that share a number', () => {
  const make = (subject: AgentIdentity) => ({ subject, isCreating: false }) as unknown as AgentEntry;
  // As configured apart from Graph, which is in no number.
  const namesakes = Array.from({ length: 9 }, (_, at) =>
    configuredIdentity({ ...SETTINGS, graphUrl: `http://127.0.0.1:${at}` }),
  );
  const [one, other] = namesakes;
  if (!one || !other) throw new Error('unreachable');

  test('get nothing of each other, and stay side by side', () => {
    const entries = new AgentEntries(10, make);
    const first = entries.use(one, one);
    expect(entries.peek(other, other)).toBeUndefined();
    const second = entries.use(other, other);
    expect(second).not.toBe(first);
    expect([entries.use(one, one), entries.use(other, other)]).toEqual([first, second]);
    expect(entries.all()).toEqual([first, second]);
  });

  test('are found, and forgotten, when those before them have gone', () => {
    const entries = new AgentEntries(10, make);
    const first = entries.use(one, one);
    const second = entries.use(other, other);
    entries.delete(first);
    expect(entries.use(other, other)).toBe(second);
    entries.delete(second);
    entries.use(one, one);
    expect(entries.peek(other, other)).toBeUndefined();
  });

  test('take turns at the last place when there are more of them than places', () => {
    const entries = new AgentEntries(10, make);
    const all = namesakes.map((each) => entries.use(each, each));
    expect(new Set(all).size).toBe(9);
    expect(entries.all()).toHaveLength(8);
    for (const each of namesakes) expect(entries.use(each, each).subject).toBe(each);
  });
});
