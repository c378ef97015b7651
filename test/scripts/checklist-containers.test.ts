import { someOf } from '../support/depth.ts';
import { AGENT_MODULE, GROUND, NEW_WAY, removeTrees, report, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CLASS = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
const AGENT = 'src/agents/facebook-ads-agent.ts';
const gives = (what: string) => `\nexport const getFacebookAgent = async () => ${what};\n`;

async function judged(cache: string, agent = AGENT_MODULE) {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'MIGRATION.md': '- [x] `src/utils/agent-cache.ts`\n- [x] `src/api/a.ts`\n',
    'src/utils/agent-cache.ts': CLASS + cache,
    [AGENT]: agent,
  });
  const { ok, cache: verdict } = await report(tree);
  return `${ok ? 'green' : 'red'}, ${verdict?.verified}`;
}

const AWILIX =
  "import { asClass, asFunction, asValue, createContainer, Lifetime } from 'awilix';\nconst c = createContainer();\n";
const TSYRINGE = "import { container, instanceCachingFactory, Lifecycle } from 'tsyringe';\n";
const INVERSIFY = "import { Container } from 'inversify';\nconst c = new Container();\n";
const TYPEDI = "import { Container } from 'typedi';\n";
const MEMOIZEE = "import memoize from 'memoizee';\n";
const decorated = (by: string, from: string) =>
  `import { ${by.replace(/\(.*/, '')} } from '${from}';\n@${by}\n${AGENT_MODULE}`;

test.each<[string, string, string?]>(
  someOf([
    [
      'memoizee',
      `${MEMOIZEE}export const getFacebookAgent = memoize(async () => new FacebookAdsAgent(), { promise: true, maxAge: 3_600_000 });`,
    ],
    [
      'memoizee, by two arguments',
      `${MEMOIZEE}const get = memoize((a: string, b: string) => new FacebookAdsAgent());${gives("get('a', 'b')")}`,
    ],
    [
      'memoizee, by none of its arguments',
      `${MEMOIZEE}const get = memoize((a: number) => new FacebookAdsAgent(), { length: 0 });${gives('get(Math.random())')}`,
    ],
    [
      'awilix, a singleton',
      `${AWILIX}c.register({ agent: asClass(FacebookAdsAgent).singleton() });${gives("c.resolve('agent')")}`,
    ],
    [
      'awilix, a singleton of the cradle',
      `${AWILIX}c.register({ agent: asClass(FacebookAdsAgent).singleton() });${gives('c.cradle.agent')}`,
    ],
    [
      'awilix, a lifetime',
      `${AWILIX}c.register('agent', asFunction(() => new FacebookAdsAgent(), { lifetime: Lifetime.SINGLETON }));${gives("c.resolve('agent')")}`,
    ],
    [
      'awilix, a value',
      `${AWILIX}c.register('agent', asValue(new FacebookAdsAgent()));${gives("c.resolve('agent')")}`,
    ],
    [
      'awilix, a provider of it',
      `${AWILIX}class Provider { agent = new FacebookAdsAgent(); }\nc.register({ provider: asClass(Provider).singleton() });${gives("c.resolve('provider').agent")}`,
    ],
    [
      'tsyringe, a singleton',
      `${TSYRINGE}container.registerSingleton(FacebookAdsAgent);${gives('container.resolve(FacebookAdsAgent)')}`,
    ],
    [
      'tsyringe, a class that says so',
      `${TSYRINGE}${gives('container.resolve(FacebookAdsAgent)')}`,
      decorated('singleton()', 'tsyringe'),
    ],
    [
      'tsyringe, a lifecycle',
      `${TSYRINGE}container.register('a', { useClass: FacebookAdsAgent }, { lifecycle: Lifecycle.Singleton });${gives("container.resolve('a')")}`,
    ],
    [
      'tsyringe, a factory that keeps',
      `${TSYRINGE}container.register('a', { useFactory: instanceCachingFactory(() => new FacebookAdsAgent()) });${gives("container.resolve('a')")}`,
    ],
    [
      'inversify, a singleton',
      `${INVERSIFY}c.bind(FacebookAdsAgent).toSelf().inSingletonScope();${gives('c.get(FacebookAdsAgent)')}`,
    ],
    [
      'inversify, a singleton that is injectable',
      `${INVERSIFY}c.bind('a').to(FacebookAdsAgent).inSingletonScope();${gives("c.get('a')")}`,
      decorated('injectable()', 'inversify'),
    ],
    [
      'inversify, a value',
      `${INVERSIFY}c.bind('a').toConstantValue(new FacebookAdsAgent());${gives("c.get('a')")}`,
    ],
    [
      'inversify, all of a container',
      `import { Container } from 'inversify';\nconst c = new Container({ defaultScope: 'Singleton' });\nc.bind('a').to(FacebookAdsAgent);${gives("c.get('a')")}`,
    ],
    [
      'typedi, a service',
      `${TYPEDI}${gives('Container.get(FacebookAdsAgent)')}`,
      decorated('Service()', 'typedi'),
    ],
    ['typedi, a value', `${TYPEDI}Container.set('a', new FacebookAdsAgent());${gives("Container.get('a')")}`],
    [
      'typedi, a factory',
      `${TYPEDI}Container.set({ id: 'a', factory: () => new FacebookAdsAgent() });${gives("Container.get('a')")}`,
    ],
  ]),
)('what a package keeps is verified: %s', async (...[, cache, agent]) => {
  expect(await judged(cache, agent)).toBe('green, source');
});

test.each<[string, string, string?]>(
  someOf([
    ['memoizee, anew at each call', `${MEMOIZEE}${gives('memoize(() => new FacebookAdsAgent())()')}`],
    [
      'memoizee, by another object each time',
      `${MEMOIZEE}const get = memoize((o: object) => new FacebookAdsAgent());${gives('get({})')}`,
    ],
    [
      'memoizee, by the time',
      `${MEMOIZEE}const get = memoize((a: string, at: number) => new FacebookAdsAgent());${gives("get('a', Date.now())")}`,
    ],
    [
      'awilix, transient',
      `${AWILIX}c.register({ agent: asClass(FacebookAdsAgent) });${gives("c.resolve('agent')")}`,
    ],
    [
      'awilix, transient of the cradle',
      `${AWILIX}c.register({ agent: asClass(FacebookAdsAgent).transient() });${gives('c.cradle.agent')}`,
    ],
    [
      'awilix, registered at each call',
      `${AWILIX}${gives("(c.register({ agent: asClass(FacebookAdsAgent).singleton() }), c.resolve('agent'))")}`,
    ],
    [
      'awilix, let go of at each call',
      `${AWILIX}c.register({ agent: asClass(FacebookAdsAgent).singleton() });${gives("(await c.dispose(), c.resolve('agent'))")}`,
    ],
    [
      'tsyringe, transient',
      `${TSYRINGE}container.register('a', { useFactory: () => new FacebookAdsAgent() });${gives("container.resolve('a')")}`,
    ],
    [
      'tsyringe, a class that says so',
      `${TSYRINGE}${gives('container.resolve(FacebookAdsAgent)')}`,
      decorated('injectable()', 'tsyringe'),
    ],
    [
      'tsyringe, of one resolution',
      `${TSYRINGE}container.register('a', { useClass: FacebookAdsAgent }, { lifecycle: Lifecycle.ResolutionScoped });${gives("container.resolve('a')")}`,
    ],
    [
      'inversify, transient',
      `${INVERSIFY}c.bind(FacebookAdsAgent).toSelf();${gives('c.get(FacebookAdsAgent)')}`,
    ],
    [
      'inversify, of a request',
      `${INVERSIFY}c.bind('a').toDynamicValue(() => new FacebookAdsAgent()).inRequestScope();${gives("c.get('a')")}`,
    ],
    [
      'inversify, another container at each call',
      `import { Container } from 'inversify';\nexport const getFacebookAgent = async () => { const c = new Container(); c.bind(FacebookAdsAgent).toSelf().inSingletonScope(); return c.get(FacebookAdsAgent); };`,
    ],
    [
      'typedi, transient',
      `${TYPEDI}${gives('Container.get(FacebookAdsAgent)')}`,
      decorated('Service({ transient: true })', 'typedi'),
    ],
  ]),
)('what a package makes each time is red: %s', async (...[, cache, agent]) => {
  expect(await judged(cache, agent)).toBe('red, no');
});

test.each([
  [
    'a decorator',
    `import { once } from 'once-decorator';\nclass Holder { @once get() { return new FacebookAdsAgent(); } }\nconst holder = new Holder();${gives('holder.get()')}`,
  ],
  [
    'a container that nobody knows',
    `import { make, asClass } from 'other-container';\nconst c = make();\nc.register({ agent: asClass(FacebookAdsAgent) });${gives('c.cradle.agent')}`,
  ],
  [
    'one that gets a function',
    `import { make } from 'other-container';\nconst c = make();\nc.add('agent', () => new FacebookAdsAgent());${gives('c.agent')}`,
  ],
  [
    'a part of a container',
    `${AWILIX}c.register({ agent: asClass(FacebookAdsAgent).scoped() });${gives("c.createScope().resolve('agent')")}`,
  ],
  [
    'options of another module',
    `${MEMOIZEE}import { options } from './options.ts';\nexport const getFacebookAgent = memoize(() => new FacebookAdsAgent(), options);`,
  ],
])('of %s nothing is said', async (_name, cache) => {
  expect(await judged(cache)).toBe('green, no');
});
