import type { FacebookSettings } from '../../../api/src/config.ts';
import { AgentEntries } from '../../../api/src/utils/agent-entries.ts';
import type { AgentEntry } from '../../../api/src/utils/agent-entry.ts';
import { identityKey, isSameIdentity } from '../../../api/src/utils/agent-identity.ts';

const BASE: FacebookSettings = {
  accessToken: 'test-token-not-real',
  adAccountId: '1',
  appId: '2',
  appSecret: 'test-secret-not-real',
  graphUrl: 'http://127.0.0.1:9',
  graphVersion: 'v26.0',
  timeoutSeconds: 10,
};
const OTHERS: Partial<FacebookSettings>[] = [
  { accessToken: 'x' },
  { adAccountId: 'x' },
  { appId: 'x' },
  { appSecret: 'x' },
  { accessToken: 'x', adAccountId: 'x' },
  { accessToken: 'xx' },
];

test('what is told apart has numbers of its own, and the same has the same', () => {
  const all = OTHERS.map((other) => ({ ...BASE, ...other }));
  for (const one of all)
    for (const other of all)
      expect(isSameIdentity(one, other)).toBe(identityKey(one, BASE) === identityKey(other, BASE));
  const keys = new Set(
    Array.from({ length: 50_000 }, (_, n) => identityKey({ ...BASE, accessToken: `t${n}` }, BASE)),
  );
  expect(keys.size).toBe(50_000);
  expect([...keys].every(Number.isSafeInteger)).toBe(true);
});

test('an agent of another Graph is another one', () => {
  expect(isSameIdentity(BASE, { ...BASE, graphUrl: 'http://127.0.0.1:8' })).toBe(false);
  expect(isSameIdentity(BASE, { ...BASE, graphVersion: 'v25.0' })).toBe(false);
});

test('whose number belongs to another gets nothing of that', () => {
  const evicted: AgentEntry[] = [];
  const entries = new AgentEntries(10, (entry) => evicted.push(entry));
  const entry = (name: string) => ({ name, isCreating: false }) as unknown as AgentEntry;
  // As configured apart from Graph, which is in no number.
  const [one, other] = ['http://127.0.0.1:7', 'http://127.0.0.1:8'].map((graphUrl) => ({
    ...BASE,
    graphUrl,
  }));
  if (!one || !other) throw new Error('unreachable');
  const first = entries.use(one, BASE, () => entry('one'));
  expect(entries.peek(other, BASE)).toBeUndefined();
  const second = entries.use(other, BASE, () => entry('other'));
  expect(second).not.toBe(first);
  expect(evicted).toEqual([first]);
  expect(entries.all()).toEqual([second]);
});
