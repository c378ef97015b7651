import { CLASS, leftIn } from './support/left-in.ts';

/** An agent with two parts that have methods of the same names: those of one keep what they are given. */
const PARTS = `class Queue {
  last = '';
  send = (x: string) => { this.last = x; return x; };
  post = (x: string) => { this.last = x; return x; };
  size = () => 1;
}
class Chat {
  post = async (x: string) => fetch('http://127.0.0.1:9/' + x);
}
export class FacebookAdsAgent {
  readonly queue = new Queue();
  readonly chat = new Chat();
  async list() { return fetch('http://127.0.0.1:9/'); }
}
`;
const X = 'String(req.query.x)';

function leftBy(use: string): Promise<string[]> {
  return leftIn({
    'src/agents/facebook-ads-agent.ts': PARTS,
    'src/code.ts': `import { Router } from 'express';
${CLASS}
export const router = Router();
router.get('/', async (req: any, res: any) => {
  const agent = new FacebookAdsAgent();
  ${use}
});
`,
  });
}

const KEEPS: Record<string, string> = {
  'out of a part': `const { send } = agent.queue; res.json(send(${X}));`,
  'out of a part, by another name': `const { send: put } = agent.queue; res.json(put(${X}));`,
  'out of a pattern in a pattern': `const { queue: { send } } = agent; res.json(send(${X}));`,
  'by a member': `const send = agent.queue.send; res.json(send(${X}));`,
  'and borrowed': `const { send } = agent.queue; res.json(send.call(agent.queue, ${X}));`,
  'with its part': `const { queue } = agent; res.json(queue.send(${X}));`,
  'with its part, by another name': `const { queue: jobs } = agent; res.json(jobs.post(${X}));`,
};

test.each(Object.keys(KEEPS))('a method that keeps and is taken %s keeps the place', async (way) => {
  expect(await leftBy(KEEPS[way] ?? '')).toEqual(['agent-keeps-argument']);
});

const SAFE: Record<string, string> = {
  'with its part': `const { chat } = agent; res.json(await chat.post(${X}));`,
  'with its part, by another name': `const { chat: talk } = agent; await talk.post(${X}); res.end();`,
  'out of its part': `const { post } = agent.chat; res.json(await post(${X}));`,
  'and only asks': 'const { size } = agent.queue; res.json(size());',
};

test.each(Object.keys(SAFE))('a method that keeps nothing and is taken %s is shared', async (way) => {
  expect(await leftBy(SAFE[way] ?? '')).toEqual(['migrated']);
});
