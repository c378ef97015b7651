import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const PARSE = `function parse(id: string): string {
  if (id === 'unknown') throw Object.assign(new Error('No such id'), { status: 400 });
  return id;
}
`;

const handler = (name: string, body: string, mark = '') => `
router.get('/${name}/:id', async (req, res) => {
  const agent = new FacebookAdsAgent();${mark}
  ${body}
});
`;

const EXIT = ' // left: exit-before-agent';
const LEFT = ' // left: argument-before-agent';

/** What other calls of the agent are given that start before the first is waited for. */
export const startedTogetherTrees: readonly Tree[] = [
  {
    // While none can be had, what runs beside the code that fails has no handler today.
    name: 'code that fails in what calls beside the first are given',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
${PARSE}${handler(
  'all',
  'res.json(await Promise.all([agent.getCampaigns(), agent.getCampaign(parse(req.params.id))]));',
  LEFT,
)}${handler(
  'started',
  `const rows = agent.getCampaigns();
  const row = agent.getCampaign(parse(req.params.id));
  res.json(await Promise.all([rows, row]));`,
  LEFT,
)}${handler(
  'parsed',
  `const rows = agent.getCampaigns();
  const id = parse(req.params.id);
  res.json([id, await rows]);`,
  EXIT,
)}${handler(
  'refused',
  `const rows = agent.getCampaigns();
  if (req.params.id === 'unknown') return void res.status(400).json('No such id');
  res.json(await rows);`,
  EXIT,
)}${handler(
  'thrown',
  `const rows = agent.getCampaigns();
  if (req.params.id === 'unknown') throw Object.assign(new Error('No such id'), { status: 400 });
  res.json(await rows);`,
  EXIT,
)}`),
    },
  },
  {
    name: 'code that fails in what calls of other branches are given',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
${PARSE}${handler(
  'choice',
  "res.json(req.query['all'] ? await agent.getCampaigns() : await agent.getCampaign(parse(req.params.id)));",
  LEFT,
)}${handler(
  'branch',
  `if (req.query['all']) return void res.json(await agent.getCampaigns());
  res.json(await agent.getCampaign(parse(req.params.id)));`,
  LEFT,
)}${handler(
  'parsed',
  `if (req.query['all']) return void res.json(await agent.getCampaigns());
  const id = parse(req.params.id);
  res.json(await agent.getCampaign(id));`,
)}`),
    },
    requests: ['GET /choice/unknown?all=1', 'GET /branch/unknown?all=1', 'GET /parsed/unknown?all=1'],
  },
  {
    name: 'calls that start together, or behind one that was waited for',
    failures: ['none', 'connect'],
    files: {
      'routes/main.ts': routes(`
${PARSE}${handler(
  'all',
  `const status = String(req.query['status'] ?? '');
  res.json(await Promise.all([agent.getCampaigns(), agent.getCampaign(req.params.id), agent.getCampaigns(status)]));`,
)}${handler(
  'behind',
  `const rows = await agent.getCampaigns();
  res.json([rows, await agent.getCampaign(parse(req.params.id))]);`,
)}${handler(
  'refused',
  `const rows = await agent.getCampaigns();
  if (req.params.id === 'unknown') return void res.status(400).json('No such id');
  res.json([rows, parse(req.params.id)]);`,
)}${handler(
  'beside',
  `const rows = agent.getCampaigns();
  const text = fetch('data:text/plain,beside').then((found) => found.text());
  res.json(await Promise.all([rows, text]));`,
)}${handler(
  'list',
  'res.json([await agent.getCampaigns(), await agent.getCampaign(parse(req.params.id))]);',
)}`),
    },
  },
];
