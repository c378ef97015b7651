import { migrateTree } from '../../codemods/agent-cache/migrate-tree.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import type { ReasonId } from '../../codemods/agent-cache/reasons/reason.ts';
import { temporaryTree } from './support/temporary-tree.ts';

const AGENT = `import { EventEmitter } from 'node:events';
import axios from 'axios';

export class FacebookAdsAgent extends EventEmitter {
  http = axios.create();
  last = {};

  async answered(id) {
    const { data } = await this.http.get('/campaigns/' + id);
    this.last = data;
    return data;
  }

  async intercepted(id) {
    this.http.interceptors.request.use((request) => ({ ...request, id }));
    return await this.http.get('/campaigns');
  }

  async watched(id) {
    this.on('campaign', () => id);
    return await this.http.get('/campaigns');
  }

  async told(id) {
    this.emit('campaign', id);
    return await this.http.get('/campaigns');
  }

  async sent(id) {
    await this.http.post('/campaigns/' + id, { id });
  }
}
`;

const route = (code: string) => `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export async function handle(req, res) {
  const agent = new FacebookAdsAgent();
  ${code}
  res.end();
}
`;

const CASES: readonly [code: string, id: ReasonId | undefined][] = [
  ['res.json(await agent.answered(req.params.id));', 'agent-keeps-answer'],
  ['res.json(await agent.intercepted(req.params.id));', 'agent-gives-unseen'],
  ['req.pipe(agent);', 'agent-piped'],
  ['res.json(await agent.watched(req.params.id));', 'agent-gives-unseen'],
  ['res.json(await agent.told(req.params.id));', undefined],
  ['await agent.sent(req.params.id);', undefined],
];

/** Functions that call each other, deeper than anybody reads. */
const DEEP = `${Array.from({ length: 60 }, (_, at) => `const step${at} = (id) => step${at + 1}(id);`).join('\n')}
const step60 = (id) => { kept.push(id); return id; };
const kept = [];

export class FacebookAdsAgent {
  deep(id) {
    return step0(id);
  }

  async plain(id) {
    return id;
  }
}
`;
const VOUCHED = DEEP.replace(
  'export class',
  '// agent-cache: assume method-keeps-nothing — looked at\nexport class',
);

test.each(CASES)('%s is left for %s', async (code, id) => {
  expect(await leftIn(AGENT, code)).toEqual([id]);
});

test.each([
  ['a method that was not read to its end', DEEP, 'res.json(agent.deep(req.params.id));', 'agent-unread'],
  [
    'another of its class, of which nobody knows what it shares',
    DEEP,
    'res.json(await agent.plain(req.params.id));',
    'agent-unread',
  ],
  ['one that a person vouches for', VOUCHED, 'res.json(agent.deep(req.params.id));', undefined],
] as const)('what was not read is not harmless: %s', async (_what, agent, code, id) => {
  expect(await leftIn(agent, code)).toEqual([id]);
});

async function leftIn(agent: string, code: string): Promise<(ReasonId | undefined)[]> {
  const tree = temporaryTree({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5.1.0" } }',
    'src/agents/facebook-ads-agent.js': agent,
    'src/utils/agent-cache.js':
      "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\nlet shared;\nexport const getFacebookAgent = async () => (shared ??= new FacebookAdsAgent());\n",
    'src/routes/a.js': route(code),
  });
  try {
    const left: (ReasonId | undefined)[] = [];
    for await (const { path, occurrences } of migrateTree([`${tree.root}/src`], DEFAULT_OPTIONS))
      if (path.endsWith('a.js')) left.push(...occurrences.map((each) => each.left?.id));
    return left;
  } finally {
    tree.remove();
  }
}
