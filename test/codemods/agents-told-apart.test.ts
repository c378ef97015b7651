import { someOf } from '../support/depth.ts';
import { AT_ONCE, CLASS, leftIn, WAITS } from './support/left-in.ts';

const TWO = 'const a = new FacebookAdsAgent(); const b = new FacebookAdsAgent();';

/** How code finds out whether two agents are two. */
const TOLD: Record<string, string> = {
  'a set of both': `${TWO} res.json({ n: new Set([a, b]).size, l: await a.list() });`,
  'a set that they are added to': `${TWO} const s = new Set(); s.add(a); s.add(b); res.json({ n: s.size, l: await a.list() });`,
  'a set that a loop fills':
    'const s = new Set(); for (const id of req.body) { const a = new FacebookAdsAgent(); s.add(a); res.write(await a.get(id)); } res.end(String(s.size));',
  'a map of both': `${TWO} res.json({ n: new Map([[a, 1], [b, 2]]).size, l: await a.list() });`,
  'a map that is asked for each': `${TWO} const n = new Map(); for (const each of [a, b]) n.set(each, (n.get(each) ?? 0) + 1); res.json([...n.values()]);`,
  'groups of a map': `${TWO} res.json({ n: Map.groupBy([a, b], (each) => each).size, l: await a.list() });`,
  'a switch': `${TWO} switch (a) { case b: res.json(1); break; default: res.json(await a.list()); }`,
  'unique ones': `${TWO} res.json({ n: _.uniq([a, b]).length, l: await a.list() });`,
  'a package that compares': `${TWO} res.json({ n: _.isEqual(a, b), l: await a.list() });`,
  'an assertion': `${TWO} assert.notStrictEqual(a, b); res.json(await a.list());`,
  'Object.is': `${TWO} res.json({ n: Object.is(a, b), l: await a.list() });`,
};

/** How it asks one of them, which is left then, for the other. */
const ASKED: Record<string, string> = {
  'includes()': `${TWO} res.json({ n: [a].includes(b), l: await a.list() });`,
  'indexOf()': `${TWO} res.json({ n: [a].indexOf(b), l: await a.list() });`,
  'has() of a weak set': `${TWO} res.json({ n: new WeakSet([a]).has(b), l: await a.list() });`,
  'get() of a map': `${TWO} res.json({ n: new Map([[a, 1]]).get(b) ?? 0, l: await a.list() });`,
};

const ALIKE: Record<string, string> = {
  'a list of both': `${TWO} res.json(await Promise.all([a, b].map((each) => each.list())));`,
  'a set of what they give': 'const a = new FacebookAdsAgent(); res.json(new Set(await a.list()).size);',
  'a set of one':
    'const a = new FacebookAdsAgent(); for (const each of new Set([a])) res.json(await each.list());',
  'a set that one is added to':
    'const a = new FacebookAdsAgent(); const s = new Set(); s.add(a); for (const each of s) res.json(await each.list());',
  'a map that has them by names': `${TWO} const m = new Map([['a', a], ['b', b]]); res.json([await m.get('a').list(), await m.get('b').list()]);`,
  'a map by what they are called':
    "const a = new FacebookAdsAgent(); const m = new Map(); m.set('ads', a); res.json(await m.get('ads').list());",
  'a switch by their name':
    "const a = new FacebookAdsAgent(); switch (a.name) { case 'ads': res.json(await a.list()); break; default: res.end(); }",
  nothing: 'const a = new FacebookAdsAgent(); if (a === null) res.end(); else res.json(await a.list());',
  'a list that includes a name':
    "const a = new FacebookAdsAgent(); res.json(['ads'].includes(a.name) ? await a.list() : []);",
};

const CACHES = { 'a cache that waits': WAITS, 'one that gives at once': AT_ONCE };

function leftOf(code: string, cache: string): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': `export class FacebookAdsAgent {
  readonly name = 'ads';
  async list(): Promise<string[]> { return []; }
  async get(id: string): Promise<string> { return id; }
}
`,
    'src/utils/agent-cache.ts': cache,
    'src/code.ts': `import assert from 'node:assert';
import { Router } from 'express';
import _ from 'lodash';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any) => { ${code} });
`,
  });
}

describe.each(Object.entries(CACHES))('beside %s', (_name, cache) => {
  test.each(someOf(Object.keys(TOLD)))('agents are left that are told apart by %s', async (way) => {
    expect(await leftOf(TOLD[way] ?? '', cache)).not.toContain('migrated');
  });

  test.each(someOf(Object.keys(ASKED)))(
    'an agent is left that another one is asked for by %s',
    async (way) => {
      expect(await leftOf(ASKED[way] ?? '', cache)).toContain('agent-compared');
    },
  );

  test.each(someOf(Object.keys(ALIKE)))('agents are shared that are in, or asked for, %s', async (way) => {
    expect(new Set(await leftOf(ALIKE[way] ?? '', cache))).toEqual(new Set(['migrated']));
  });
});
