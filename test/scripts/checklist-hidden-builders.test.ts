import { someOf } from '../support/depth.ts';
import { CACHE_MODULE, GROUND, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const AGENT = `export class FacebookAdsAgent {
  async getCampaigns(): Promise<string[]> { return []; }
  fork() { return new FacebookAdsAgent(); }
  name() { return 'x'; }
}
`;
const BUS = "import { EventEmitter } from 'node:events';\nexport const bus = new EventEmitter();\n";

const outcomeOf = async (files: Record<string, string>) => {
  const tree = new Tree({
    ...GROUND,
    'src/bus.ts': BUS,
    'src/agents/facebook-ads-agent.ts': AGENT,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n',
    ...files,
  });
  const { ok, cache, items } = await report(tree);
  const ids = items
    .flatMap(({ findings }) => findings.map(({ id }) => id))
    .filter((id) => id !== 'tick-untrue');
  return { ok, verified: cache.verified, ids };
};
const using = (body: string) => ({
  'src/api/a.ts': `import { getFacebookAgent } from '../utils/agent-cache.ts';\nconst m = 'name';\n${body}\n`,
});
const inHandler = (body: string) =>
  using(
    `export const h = async (given: string) => { const agent: any = await getFacebookAgent(); ${body} };`,
  );

describe('a constant names no method where something nearer has its name', () => {
  test.each(
    someOf([
      ["for (const m of ['fork']) agent[m]();"],
      ['for (const m in { fork: 1 }) agent[m]();'],
      ["for (let m = 'fork'; m; m = '') agent[m]();"],
      ['try { given.trim(); } catch (m: any) { agent[m](); }'],
      ['try { given.trim(); } catch ({ m }: any) { agent[m](); }'],
      ['switch (given) { case "a": const m = given; agent[m](); }'],
      ['if (given) { var m = given; } agent[m]();'],
      ['return (function m() { return agent[m as any]; })();'],
      ['return ((m: string) => agent[m]())(given);'],
    ]),
  )('%s', async (body) => {
    expect(await outcomeOf(inHandler(body))).toMatchObject({ verified: 'no' });
  });

  test('at the top of a module', async () => {
    const body =
      "export const all: any[] = [];\nfor (const m of ['fork']) all.push(async () => (await getFacebookAgent() as any)[m]());";
    expect(await outcomeOf(using(body))).toMatchObject({ verified: 'no' });
  });

  test.each([
    ['return agent[m]();'],
    ['for (const n of [1]) agent[m](n);'],
    ['try { return agent[m](); } catch (n) { throw n; }'],
  ])('and else it does: %s', async (body) => {
    expect(await outcomeOf(inHandler(body))).toEqual({ ok: true, verified: 'source', ids: [] });
  });
});

describe('members by whatever name they are looked up', () => {
  test.each([
    ["return Reflect.get(agent, 'fork').call(agent);"],
    ["return Reflect.get(agent, 'fork')();"],
    ["return new (Reflect.get(agent, 'constructor'))();"],
    ["return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(agent), 'fork')!.value.call(agent);"],
    ["return new agent['construc' + 'tor']();"],
    [`return new agent[\`\${'construc'}tor\`]();`],
  ])('%s', async (body) => {
    expect(await outcomeOf(inHandler(body))).toMatchObject({ ok: false, ids: ['builds-past-cache'] });
  });

  test('a class without such methods still has its constructor', async () => {
    const files = { ...GROUND, ...inHandler("return new agent['construc' + 'tor']();") };
    expect(await outcomeOf(files)).toMatchObject({ ok: false, ids: ['builds-past-cache'] });
  });

  test.each([
    ['return Reflect.get(agent, given).call(agent);'],
    ['return new agent[given]();'],
    ["const names: any = { n: 'name' }; return agent[names.n]();"],
  ])('that only a run shows: %s', async (body) => {
    expect(await outcomeOf(inHandler(body))).toMatchObject({ ok: true, verified: 'no' });
  });

  test('a constant object that is written to tells no name', async () => {
    const body = `const names: any = { n: 'name' };\nnames.n = 'fork';\nexport const h = async () => (await getFacebookAgent() as any)[names.n]();`;
    expect(await outcomeOf(using(body))).toMatchObject({ verified: 'no' });
    const kept = body.replace("names.n = 'fork';\n", '');
    expect(await outcomeOf(using(kept))).toEqual({ ok: true, verified: 'source', ids: [] });
  });

  test.each([["return Reflect.get(agent, 'name').call(agent);"], ['return agent.constructor.name;']])(
    'but none that builds: %s',
    async (body) => {
      expect(await outcomeOf(inHandler(body))).toEqual({ ok: true, verified: 'source', ids: [] });
    },
  );
});

describe('what the modules of the cache and of the agent leave with others', () => {
  const listening = (code: string, file = 'src/utils/agent-cache.ts') => ({
    [file]: `import { bus } from '../bus.ts';\n${file.includes('cache') ? CACHE_MODULE : AGENT}${code}\n`,
  });

  test.each([
    ["bus.on('need', (reply: any) => reply(new FacebookAdsAgent()));"],
    ["bus.addListener('need', () => new FacebookAdsAgent());"],
    ["const make = () => new FacebookAdsAgent();\nbus.once('need', make);"],
    ["function make() { return new FacebookAdsAgent(); }\nbus.on('need', make);"],
  ])('is red where it builds whenever something happens: %s', async (code) => {
    const red = { ok: false, ids: ['builds-past-cache'] };
    expect(await outcomeOf(listening(code))).toMatchObject(red);
    expect(await outcomeOf(listening(code, 'src/agents/facebook-ads-agent.ts'))).toMatchObject(red);
  });

  test('is not verified where nobody sees what calls it', async () => {
    const outcome = await outcomeOf(listening('bus.provide({ make: 1 }, () => new FacebookAdsAgent());'));
    expect(outcome).toEqual({ ok: true, verified: 'no', ids: [] });
  });

  test.each([
    ["bus.on('reset', () => { agent = undefined; });"],
    ["bus.on('token', () => { agent = new FacebookAdsAgent(); });"],
    ["bus.on('need', async (reply: any) => reply(await getFacebookAgent()));"],
    ["bus.emit('ready', 1);"],
  ])('is well where it builds nothing, or what the cache keeps: %s', async (code) => {
    expect(await outcomeOf(listening(code))).toEqual({ ok: true, verified: 'source', ids: [] });
  });
});
