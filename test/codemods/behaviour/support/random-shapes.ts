/** What a source gives to those that call it. */
export type Given = 'agent' | 'promise' | 'context' | 'answer' | 'service';

interface SourceShape {
  gives: Given;
  /** Declares it under a name, built of an expression that gives an agent. */
  text(name: string, agent: string): string;
  /** How it is called; by default by its name, without arguments. */
  call?(name: string): string;
}

const mapped = (name: string, agent: string) => `  try {
    return ${agent};
  } catch (cause) {
    throw Object.assign(new Error('no agent of ${name}', { cause }), { status: 502 });
  }`;

/** The ways in which a file gives agents to others, in words that are JavaScript and TypeScript at once. */
export const SOURCES: readonly SourceShape[] = [
  { gives: 'agent', text: (name, agent) => `const ${name} = () => ${agent};` },
  { gives: 'agent', text: (name, agent) => `function ${name}() {\n  return ${agent};\n}` },
  {
    gives: 'agent',
    text: (name, agent) => `function ${name}() {\n  const agent = ${agent};\n  return agent;\n}`,
  },
  { gives: 'agent', text: (name, agent) => `function ${name}() {\n${mapped(name, agent)}\n}` },
  { gives: 'agent', text: (name, agent) => `const ${name} = () => {\n${mapped(name, agent)}\n};` },
  {
    gives: 'agent',
    text: (name, agent) => `const ${name} = {\n  make() {\n    return ${agent};\n  },\n  size: 2,\n};`,
    call: (name) => `${name}.make()`,
  },
  {
    gives: 'agent',
    text: (name, agent) =>
      `class Of${name} {\n  make() {\n    return ${agent};\n  }\n}\n\nconst ${name} = new Of${name}();`,
    call: (name) => `${name}.make()`,
  },
  {
    gives: 'agent',
    text: (name, agent) =>
      `const kept${name} = [${agent}].slice(1);\nfunction ${name}() {\n  return kept${name}[0] ?? ${agent};\n}`,
  },
  { gives: 'promise', text: (name, agent) => `const ${name} = async () => ${agent};` },
  { gives: 'promise', text: (name, agent) => `async function ${name}() {\n${mapped(name, agent)}\n}` },
  {
    gives: 'context',
    text: (name, agent) => `function ${name}(id = 'one') {\n  return { id, agent: ${agent} };\n}`,
    call: (name) => `${name}('two')`,
  },
  {
    gives: 'context',
    text: (name, agent) =>
      `const ${name} = (id = 'one') => {\n  const agent = ${agent};\n  return { id, agent };\n};`,
  },
  {
    gives: 'answer',
    text: (name, agent) => `async function ${name}(id = '7') {\n  return ${inner(agent)}.getCampaign(id);\n}`,
  },
  {
    gives: 'answer',
    text: (name, agent) =>
      `function ${name}(id = '7') {\n  return ${inner(agent)}.getCampaign(id).then((one) => ({ one }));\n}`,
  },
  {
    gives: 'answer',
    text: (name, agent) =>
      `const ${name} = async (ids = ['7', '8']) => {\n  const agent = ${agent};\n  return Promise.all(ids.map((id) => agent.getCampaign(id)));\n};`,
  },
  {
    gives: 'service',
    text: (name, agent) =>
      `class ${name} {\n  agent = ${agent};\n\n  list() {\n    return this.agent.getCampaigns();\n  }\n}`,
    call: (name) => `new ${name}()`,
  },
  {
    gives: 'service',
    text: (name, agent) =>
      `class ${name} {\n  async list() {\n    const agent = ${agent};\n    return agent.getCampaigns();\n  }\n}`,
    call: (name) => `new ${name}()`,
  },
];

function inner(agent: string): string {
  return agent.startsWith('new ') ? `(${agent})` : agent;
}

/** What a route is made of. */
interface Used {
  /** The expression that gives the agent, awaited where it is a promise. */
  agent: string;
  /** The expression as it is. */
  call: string;
  name: string;
  gives: Given;
}

interface RouteShape {
  text(path: string, used: Used): string;
  takes?(used: Pick<Used, 'call' | 'name' | 'gives'>): boolean;
}

const awaiting = (path: string, body: string) => `router.get('${path}', async (_req, res) => {\n${body}\n});`;
const chaining = (path: string, body: string) => `router.get('${path}', (_req, res, next) => {\n${body}\n});`;
const atOnce = ({ gives }: Pick<Used, 'gives'>) => gives === 'agent';
const byName = ({ gives, call, name }: Pick<Used, 'call' | 'name' | 'gives'>) =>
  gives === 'agent' && call === `${name}()`;
const idOf = (path: string) => path.replace(/\W/g, '');

/** What routes do with an agent. */
export const HANDLERS: readonly RouteShape[] = [
  {
    text: (path, { agent }) =>
      awaiting(path, `  const agent = ${agent};\n  res.json(await agent.getCampaigns());`),
  },
  {
    text: (path, { agent }) =>
      awaiting(
        path,
        `  try {\n    const agent = ${agent};\n    res.json(await agent.getCampaigns());\n  } catch (error) {\n    res.status(418).json(String(error));\n  }`,
      ),
  },
  {
    text: (path, { agent }) =>
      awaiting(
        path,
        `  const agent = ${agent};\n  res.json(await Promise.all([agent.getCampaigns(), agent.getCampaign('1')]));`,
      ),
  },
  {
    text: (path, { agent }) =>
      awaiting(
        path,
        `  const agent = ${agent};\n  const all = [];\n  for (const id of ['1', '2']) all.push(await agent.getCampaign(id));\n  res.json(all);`,
      ),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      awaiting(path, `  res.json(await ${call}.getCampaigns().then((all) => all.length));`),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      awaiting(
        path,
        `  const work = ${call}.getCampaigns();\n  const other = Promise.resolve(1);\n  res.json([await work, await other]);`,
      ),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      awaiting(
        path,
        `  const read = async () => ${call}.getCampaigns();\n  res.json(await read().catch(() => 'none'));`,
      ),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      awaiting(path, `  res.json(await Promise.all(['1', '2'].map((id) => ${call}.getCampaign(id))));`),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      chaining(path, `  ${call}.getCampaigns().then((all) => res.json(all)).catch(next);`),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      chaining(path, `  const agent = ${call};\n  agent.getCampaigns().then((all) => res.json(all), next);`),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      chaining(
        path,
        `  const agent = ${call};\n  const list = () => agent.getCampaigns();\n  list().then((all) => res.json(all), next);`,
      ),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      chaining(
        path,
        `  let agent;\n  try {\n    agent = ${call};\n  } catch {\n    res.status(418).end();\n    return;\n  }\n  agent.getCampaigns().then((all) => res.json(all), next);`,
      ),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      chaining(
        path,
        `  Promise.all([${call}.getCampaigns(), ${call}.getCampaign('1')])\n    .then((all) => res.json(all))\n    .catch(next);`,
      ),
  },
  {
    takes: atOnce,
    text: (path, { call }) => chaining(path, `  res.json(${call}.describe());\n  void next;`),
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      `const loaded${idOf(path)} = ${call};\n${awaiting(path, `  res.json(await loaded${idOf(path)}.getCampaigns());`)}`,
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      `const list${idOf(path)} = () => ${call}.getCampaigns();\n${awaiting(path, `  res.json(await list${idOf(path)}());`)}`,
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      `const again${idOf(path)} = () => ${call};\n${chaining(path, `  again${idOf(path)}().getCampaigns().then((all) => res.json(all), next);`)}`,
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      `router.use('${path}', (_req, res, next) => {\n  res.locals['agent'] = ${call};\n  next();\n});\n${awaiting(path, `  res.json(await res.locals['agent'].getCampaigns());`)}`,
  },
  {
    takes: atOnce,
    text: (path, { call }) =>
      chaining(
        path,
        `  void (async () => {\n    try {\n      const agent = ${call};\n      res.json(await agent.getCampaigns());\n    } catch (error) {\n      next(error);\n    }\n  })();`,
      ),
  },
  {
    takes: byName,
    text: (path, { name }) =>
      `const run${idOf(path)} = async (make = ${name}) => (await make()).getCampaigns();\n${awaiting(path, `  res.json(await run${idOf(path)}());`)}`,
  },
  {
    takes: byName,
    text: (path, { name }) =>
      `const run${idOf(path)} = async (make = ${name}) => make().getCampaigns();\n${awaiting(path, `  res.json(await run${idOf(path)}(${name}));`)}`,
  },
  {
    takes: byName,
    text: (path, { name }) =>
      `const also${idOf(path)} = ${name};\n${awaiting(path, `  res.json(await also${idOf(path)}().getCampaigns());`)}`,
  },
];

/** What tasks do with an agent. */
export const TASKS: readonly ((name: string, agent: string) => string)[] = [
  (name, agent) =>
    `export async function ${name}() {\n  const agent = ${agent};\n  return (await agent.getCampaigns()).length;\n}`,
  (name, agent) =>
    `export const ${name} = async () => {\n  try {\n    const agent = ${agent};\n    return await agent.getCampaign('7');\n  } catch (error) {\n    return String(error);\n  }\n};`,
];

/** What routes do with what has an agent in it, or came of one. */
export const ANSWERS: Readonly<Record<'context' | 'answer' | 'service', readonly RouteShape[]>> = {
  context: [
    {
      text: (path, { call }) =>
        awaiting(path, `  const { agent, id } = ${call};\n  res.json([id, await agent.getCampaigns()]);`),
    },
    {
      text: (path, { call }) =>
        awaiting(path, `  const context = ${call};\n  res.json(await context.agent.getCampaigns());`),
    },
    {
      text: (path, { call }) =>
        chaining(path, `  ${call}.agent.getCampaigns().then((all) => res.json(all), next);`),
    },
    { text: (path, { call }) => chaining(path, `  res.json(${call}.agent.describe());\n  void next;`) },
    {
      text: (path, { call }) =>
        `const context${idOf(path)} = ${call};\n${awaiting(path, `  res.json(await context${idOf(path)}.agent.getCampaigns());`)}`,
    },
  ],
  answer: [
    { text: (path, { call }) => awaiting(path, `  res.json(await ${call});`) },
    { text: (path, { call }) => chaining(path, `  ${call}.then((one) => res.json(one)).catch(next);`) },
    {
      text: (path, { call }) =>
        chaining(path, `  const work = ${call};\n  work.then((one) => res.json(one), next);`),
    },
    { text: (path, { call }) => awaiting(path, `  res.json(await Promise.allSettled([${call}, ${call}]));`) },
  ],
  service: [
    {
      text: (path, { call }) =>
        awaiting(path, `  const service = ${call};\n  res.json(await service.list());`),
    },
    {
      text: (path, { call }) => chaining(path, `  ${call}.list().then((all) => res.json(all)).catch(next);`),
    },
    {
      text: (path, { call }) =>
        `const service${idOf(path)} = ${call};\n${awaiting(path, `  res.json(await service${idOf(path)}.list());`)}`,
    },
  ],
};
