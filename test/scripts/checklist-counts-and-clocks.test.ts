import { someOf } from '../support/depth.ts';
import { GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";

function treeOf(cache: string): Tree {
  return new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n',
    'src/utils/agent-cache.ts': CLASS + cache,
  });
}

const getter = (state: string, body: string) =>
  `${state}\nexport async function getFacebookAgent() { ${body} }\n`;
const KEPT = 'let a: FacebookAdsAgent | undefined;';
const byKey = (key: string, state = '') =>
  getter(
    `${state}\nconst m = new Map<unknown, FacebookAdsAgent>();`,
    `const key = ${key}; let a = m.get(key); if (!a) { a = new FacebookAdsAgent(); m.set(key, a); } return a;`,
  );

describe('a cache that keeps nothing for long is red', () => {
  test.each(
    someOf([
      [
        'by a key that is counted up',
        getter(
          'const m = new Map<number, FacebookAdsAgent>(); let n = 0;',
          'const k = n++; let a = m.get(k); if (!a) { a = new FacebookAdsAgent(); m.set(k, a); } return a;',
        ),
      ],
      [
        'by a text with a count',
        getter(
          'const m: Record<string, FacebookAdsAgent> = {}; let n = 0;',
          'return (m["agent-" + ++n] ??= new FacebookAdsAgent());',
        ),
      ],
      [
        'by a count in a field',
        'class Pool { n = 0; m = new Map<number, FacebookAdsAgent>(); get() { this.n += 1; if (!this.m.has(this.n)) this.m.set(this.n, new FacebookAdsAgent()); return this.m.get(this.n)!; } }\nconst pool = new Pool();\nexport const getFacebookAgent = async () => pool.get();\n',
      ],
      [
        'at every second call',
        getter(`${KEPT} let n = 0;`, 'if (!a || n++ >= 1) { a = new FacebookAdsAgent(); n = 0; } return a;'),
      ],
      [
        'from the third call on',
        getter(`${KEPT} let n = 0;`, 'if (!a || ++n > 2) a = new FacebookAdsAgent(); return a;'),
      ],
      [
        'by a remainder that is always the same',
        getter(`${KEPT} let n = 0;`, 'if (n % 1 === 0) a = new FacebookAdsAgent(); n++; return a!;'),
      ],
      [
        'while nanoseconds have not passed',
        getter(
          `${KEPT} let at = 0n; const TTL = 3_600_000_000_000n;`,
          'const now = process.hrtime.bigint(); if (!a || now - at < TTL) { a = new FacebookAdsAgent(); at = now; } return a;',
        ),
      ],
      [
        'as soon as a nanosecond has',
        getter(
          `${KEPT} let at = 0n;`,
          'const now = process.hrtime.bigint(); if (!a || now > at) { a = new FacebookAdsAgent(); at = now; } return a;',
        ),
      ],
      [
        'while seconds of a pair have not passed',
        getter(
          `${KEPT} let at: [number, number] = [0, 0];`,
          'if (!a || process.hrtime(at)[0] < 3600) { a = new FacebookAdsAgent(); at = process.hrtime(); } return a;',
        ),
      ],
      [
        'until the process is older',
        getter(
          `${KEPT} let at = 0;`,
          'if (!a || process.uptime() > at) { a = new FacebookAdsAgent(); at = process.uptime(); } return a;',
        ),
      ],
      [
        'until an interval of a millisecond',
        getter(
          `${KEPT}\nsetInterval(() => { a = undefined; }, 1);`,
          'return (a ??= new FacebookAdsAgent());',
        ),
      ],
      [
        'until a timer of a millisecond',
        getter(
          KEPT,
          'if (!a) { a = new FacebookAdsAgent(); setTimeout(() => { a = undefined; }, 1).unref(); } return a;',
        ),
      ],
      [
        'by a name that is never there',
        getter(
          'const box: { agent?: FacebookAdsAgent } = {};',
          "if (!('ready' in box)) box.agent = new FacebookAdsAgent(); return box.agent!;",
        ),
      ],
      [
        'unless it is of another type',
        getter(
          KEPT,
          "if (typeof a !== 'function') a = new FacebookAdsAgent(); return a as FacebookAdsAgent;",
        ),
      ],
      [
        'with one made ahead for each call',
        getter(
          'let next: FacebookAdsAgent | undefined;',
          'const now = next ?? new FacebookAdsAgent(); setImmediate(() => { next = new FacebookAdsAgent(); }); return now;',
        ),
      ],
      ...[
        ['Math.random()'],
        ['Math.random().toString(36).slice(2)'],
        ['Math.floor(Math.random() * 1e9)'],
        ['crypto.randomUUID()'],
        ["'agent-' + randomUUID()", "import { randomUUID } from 'node:crypto';"],
        ["randomBytes(8).toString('hex')", "import { randomBytes } from 'node:crypto';"],
        ['nanoid()', "import { nanoid } from 'nanoid';"],
        ['Symbol()'],
        ['{}'],
        ['() => 1'],
        ['Object.create(null)'],
        ['new Error()'],
        ['Date.now()'],
        ['String(Date.now())'],
        ['new Date()'],
        ['new Date().toISOString()'],
        ['performance.now()'],
        ['process.hrtime.bigint()'],
        [`\`\${Date.now()}-\${Math.random()}\``],
        ['JSON.stringify([Math.random()])'],
        ['String(n++)', 'let n = 0;'],
        ['m.size'],
      ].map(([key = '', state]): [string, string] => [`by ${key}`, byKey(key, state)]),
      [
        'by a field that is named anew',
        getter(
          'const m: Record<string, FacebookAdsAgent> = {};',
          'return (m[crypto.randomUUID()] ??= new FacebookAdsAgent());',
        ),
      ],
      [
        'cleared before anybody looks',
        getter(
          'const m = new Map<string, FacebookAdsAgent>();',
          "if (m.size >= 1) m.clear(); let a = m.get('a'); if (!a) { a = new FacebookAdsAgent(); m.set('a', a); } return a;",
        ),
      ],
    ]),
  )('%s', async (_name, cache) => {
    const { ok, items } = await report(treeOf(cache));
    expect(ok).toBe(false);
    expect(items[0]?.findings[0]).toMatchObject({ rule: 'cache', id: 'cache-builds' });
  });
});

describe('a key that may be the same again is no false alarm: ', () => {
  test.each(
    someOf([
      ['Math.floor(Math.random() * 4)', ''],
      ['(Math.random() * 4) | 0', ''],
      ['Math.random() > 0.5', ''],
      ['Math.floor(Date.now() / 3_600_000)', ''],
      ['new Date().toISOString().slice(0, 10)', ''],
      ['new Date().getHours()', ''],
      ['n++ % 16', 'let n = 0;'],
      ['next()', 'let n = 0; const next = () => { n += 1; if (n >= 20) n = 0; return n; };'],
    ]),
  )('%s', async (key, state) => {
    expect((await report(treeOf(byKey(key, state)))).ok).toBe(true);
  });
});

describe('a cache that counts, or tells the time, is verified', () => {
  test.each(
    someOf([
      ...[
        ['KEY', 'const KEY = crypto.randomUUID();'],
        [`\`agent-\${KEY}\``, 'const KEY = Math.random();'],
        ['KEY', 'const KEY = Symbol();'],
        ['KEY', 'const KEY = Date.now();'],
        ["Symbol.for('agent')"],
      ].map(([key = '', state = '']): [string, string] => [`by ${key} of ${state}`, byKey(key, state)]),
      [
        'as long as there are not too many',
        getter(
          'const m = new Map<string, FacebookAdsAgent>();',
          "let a = m.get('a'); if (!a) { if (m.size >= 100) m.clear(); a = new FacebookAdsAgent(); m.set('a', a); } return a;",
        ),
      ],
      [
        'for an hour and a bit',
        getter(
          `${KEPT} let until = 0;`,
          'if (!a || Date.now() > until) { a = new FacebookAdsAgent(); until = Date.now() + Math.floor(3_600_000 * (1 + Math.random() / 10)); } return a;',
        ),
      ],
      [
        'with counts of what it does',
        getter(
          `${KEPT} const stats = { hits: 0, misses: 0 };`,
          'if (a) { stats.hits += 1; return a; } stats.misses++; a = new FacebookAdsAgent(); return a;',
        ),
      ],
      [
        'renewed after a thousand uses',
        getter(
          `${KEPT} let uses = 0;`,
          'if (!a || uses++ > 1000) { a = new FacebookAdsAgent(); uses = 0; } return a;',
        ),
      ],
      [
        'by a key with a version',
        getter(
          'const m = new Map<string, FacebookAdsAgent>(); let version = 1;\nexport const invalidateCache = () => { version++; m.clear(); };',
          'const k = "v" + version; let a = m.get(k); if (!a) { a = new FacebookAdsAgent(); m.set(k, a); } return a;',
        ),
      ],
      [
        'after some attempts',
        getter(
          KEPT,
          'for (let i = 0; i < 3 && a === undefined; i++) { try { a = new FacebookAdsAgent(); } catch (e) { if (i === 2) throw e; } } return a!;',
        ),
      ],
      [
        'in turn from two that are there',
        getter(
          'const pool = [new FacebookAdsAgent(), new FacebookAdsAgent()]; let i = 0;',
          'return pool[i++ % pool.length]!;',
        ),
      ],
      [
        'in turn from some that are made first',
        getter(
          'const pool: FacebookAdsAgent[] = []; let i = 0;',
          'if (pool.length < 3) pool.push(new FacebookAdsAgent()); return pool[i++ % pool.length]!;',
        ),
      ],
      [
        'for nanoseconds that another module tells',
        "import { ttl } from './settings.js';\n" +
          getter(
            `${KEPT} let at = 0n;`,
            'const now = process.hrtime.bigint(); if (!a || now - at > ttl) { a = new FacebookAdsAgent(); at = now; } return a;',
          ),
      ],
      [
        'for milliseconds of a pair',
        getter(
          `${KEPT} let at: [number, number] | undefined;\nconst age = () => { const [s, ns] = process.hrtime(at); return s * 1e3 + ns / 1e6; };`,
          'if (!a || !at || age() > 3_600_000) { a = new FacebookAdsAgent(); at = process.hrtime(); } return a;',
        ),
      ],
      [
        'until an interval of an hour',
        getter(
          `${KEPT}\nsetInterval(() => { a = undefined; }, 3_600_000).unref();`,
          'return (a ??= new FacebookAdsAgent());',
        ),
      ],
      [
        'by a name that is there',
        getter(
          'const box: { agent?: FacebookAdsAgent } = {};',
          "if (!Object.hasOwn(box, 'agent')) box.agent = new FacebookAdsAgent(); return box.agent!;",
        ),
      ],
      [
        'unless it is something',
        getter(KEPT, "if (typeof a !== 'object') a = new FacebookAdsAgent(); return a;"),
      ],
    ]),
  )('%s', async (_name, cache) => {
    const { ok, cache: verdict } = await report(treeOf(cache));
    expect({ ok, verdict }).toEqual({
      ok: true,
      verdict: { module: 'src/utils/agent-cache.ts', verified: 'source' },
    });
  });
});
