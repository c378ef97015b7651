/**
 * The program that loads a cache module and calls it, as text: it runs where nothing of this tool is. It takes the address
 * of the module and the names of its functions, and says what it saw on file descriptor 3.
 *
 * Modules of the agent that are named have the methods of its class answer nothing: what an agent does is no part of whether
 * it is shared.
 *
 * The clock is that of the machine until it leaps: a cache keeps one instance also when the life of the first is over.
 *
 * Of a getter with an entry for each set of arguments nobody can tell what it takes, so the first call is given things
 * that note what is read of them, and the others texts, or objects with those properties.
 */
export const CHILD_PROGRAM = `
import { writeSync } from 'node:fs';
const [file, factory, provider, keyed, agentClass, ...agentModules] = process.argv.slice(1);
const say = (what) => { writeSync(3, JSON.stringify(what)); process.exit(0); };
const isInstance = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
const instance = (value) => { if (!isInstance(value)) throw new Error('it gives no instance'); return value; };
let ahead = 0;
const setAhead = (owner, name, unit) => {
  const real = owner[name].bind(owner);
  owner[name] = () => real() + unit(ahead);
};
setAhead(Date, 'now', (ms) => ms);
setAhead(performance, 'now', (ms) => ms);
setAhead(process, 'uptime', (ms) => ms / 1000);
setAhead(process.hrtime, 'bigint', (ms) => BigInt(ms) * 1000000n);
globalThis.Date = new Proxy(Date, {
  construct: (real, args, target) => Reflect.construct(real, args.length > 0 ? args : [real.now()], target),
});
const tick = () => new Promise((resolve) => setTimeout(resolve, 5));
const isOne = async (get) => {
  const [first, second] = await Promise.all([get(), get()]);
  const third = await get();
  await tick();
  return instance(first) === second && second === third && third === (await get());
};
const YEAR = 31557600000;
const isOneAgain = async (get) => {
  ahead += YEAR;
  try {
    let last = await get();
    for (let times = 0; times < 5; times += 1) {
      await tick();
      const next = await get();
      if (next === last) return true;
      last = next;
    }
    return false;
  } catch {
    return true;
  }
};
const noting = (text, noted) => new Proxy({}, {
  get(_target, name) {
    if (name === Symbol.toPrimitive || name === 'toString' || name === 'toJSON') return () => text;
    if (typeof name === 'symbol' || name === 'then') return undefined;
    if (typeof text[name] === 'function') return text[name].bind(text);
    noted.add(name);
    return text + '.' + name;
  },
});
const look = async (get, count) => {
  const noted = Array.from({ length: count }, () => new Set());
  try {
    const agent = await get(...noted.map((each, index) => noting('look-' + index, each)));
    return { noted, agent };
  } catch {
    return { noted };
  }
};
const make = (noted, other) => noted.map((names, index) => {
  const text = (property) => {
    const differs = other !== undefined && other.position === index && (other.property === undefined || other.property === property);
    return (differs ? 'other-' : 'some-') + index + (property === undefined ? '' : '-' + property);
  };
  return names.size === 0 ? text() : Object.fromEntries([...names].map((name) => [name, text(name)]));
});
const askKeyed = async (get) => {
  let { noted, agent } = await look(get, Math.max(1, get.length));
  const length = isInstance(agent) ? agent.constructor.length : 0;
  if (length > noted.length) ({ noted } = await look(get, length));
  const keeps = await isOne(() => get(...make(noted)));
  const one = await get(...make(noted));
  const mixed = [];
  for (const [position, names] of noted.entries())
    for (const property of names.size === 0 ? [undefined] : [...names])
      if ((await get(...make(noted, { position, property }))) === one) mixed.push({ position, property });
  const parts = noted.reduce((sum, names) => sum + Math.max(1, names.size), 0);
  return { keeps, mixed, parts };
};
const wordsOf = (error) => {
  const cause = error?.cause instanceof Error ? ': ' + wordsOf(error.cause) : '';
  return String(error?.message ?? error) + cause;
};
const muteMethods = async (module) => {
  const loaded = await import(module);
  const named = loaded[agentClass] ?? loaded.default?.[agentClass] ?? loaded.default;
  for (let at = named?.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { value, writable }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (name !== 'constructor' && typeof value === 'function' && writable) at[name] = async () => undefined;
};
try {
  for (const each of agentModules) await muteMethods(each);
  const loaded = await import(file);
  const find = (name) => loaded[name] ?? loaded.default?.[name];
  const get = find(factory);
  const getKeyed = keyed === '' ? undefined : find(keyed);
  const answer = {};
  if (typeof get !== 'function' && typeof getKeyed !== 'function')
    throw new Error('it exports no function ' + factory + (keyed !== '' ? ', and no ' + keyed
      : typeof find(factory + 'For') === 'function' ? ' (' + factory + 'For is called with "keyed": true in agent-cache.config.json)' : ''));
  if (typeof get === 'function') answer.factory = await isOne(() => get());
  if (answer.factory) answer.factoryAged = await isOneAgain(() => get());
  const provide = find(provider);
  if (typeof provide === 'function' && typeof get === 'function') {
    const getProvided = async () => (await provide({ cacheTtl: 60 })).getAgent();
    answer.provider = await isOne(getProvided);
    if (answer.provider) answer.providerAged = await isOneAgain(getProvided);
  }
  if (typeof getKeyed === 'function') {
    try {
      answer.keyed = await askKeyed(getKeyed);
    } catch (error) {
      answer.keyedFault = keyed + '(…) does not take made-up arguments: ' + wordsOf(error);
    }
  }
  say(answer);
} catch (error) {
  say({ fault: wordsOf(error) });
}
`;
