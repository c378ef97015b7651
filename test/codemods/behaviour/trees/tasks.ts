import type { Tree } from '../support/tree.ts';
import { tasks } from './pieces.ts';

/** Tasks, which get a provider with a TTL of their own. */
export const taskTrees: readonly Tree[] = [
  {
    name: 'tasks of every form',
    files: {
      'tasks/main.ts': tasks(`
export async function collect() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns();
}

export const collectShort = async () => new FacebookAdsAgent().getCampaigns();

export async function twice() {
  const agent = new FacebookAdsAgent();
  const provider = 'taken';
  const other = new FacebookAdsAgent();
  return [provider, await agent.getCampaigns(), await other.getCampaign('7')];
}

export async function branch() {
  let agent: FacebookAdsAgent | undefined;
  if (Date.now() > 0) agent = new FacebookAdsAgent();
  else agent = undefined;
  return agent?.getCampaigns();
}

export async function switched() {
  switch (String(1)) {
    case '1':
      const agent = new FacebookAdsAgent();
      return agent.getCampaigns();
    default:
      return [];
  }
}

export async function tried() {
  try {
    const agent = new FacebookAdsAgent();
    return await agent.getCampaigns();
  } catch (error) {
    return { caught: (error as Error).message };
  }
}

export async function looped() {
  const found = [];
  for (const id of ['1', '2']) found.push(await new FacebookAdsAgent().getCampaign(id));
  return found;
}

export function promised() {
  const agent = new FacebookAdsAgent();
  return agent.getCampaigns().then((campaigns) => campaigns.length);
}

export async function labelled() {
  outer: for (const id of ['1', '2']) {
    const agent = new FacebookAdsAgent();
    if ((await agent.getCampaign(id)).id === '1') continue outer;
    return id;
  }
  return 'none';
}

export async function mapped() {
  return Promise.all(
    ['1', '2'].map(async (id) => {
      const agent = new FacebookAdsAgent();
      return agent.getCampaign(id);
    }),
  );
}
`),
    },
  },
  {
    name: 'a task with a factory that maps failure',
    flavour: 'ts-js',
    files: {
      'tasks/main.ts': tasks(`
const buildAgent = (): FacebookAdsAgent => {
  try {
    return new FacebookAdsAgent();
  } catch (cause) {
    throw Object.assign(new Error('Facebook API unavailable'), { status: 503, cause });
  }
};

export async function collect() {
  const agent = buildAgent();
  return agent.getCampaigns();
}

export async function direct() {
  return (await buildAgent().getCampaigns()).length;
}
`),
    },
  },
  {
    name: 'a task without semicolons',
    flavour: 'ts-bare',
    files: {
      'tasks/main.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext'

const wanted = ['1', '2']

export async function collect() {
  const ids = wanted
  const agent = new FacebookAdsAgent()
  ;[1, 2].forEach(() => undefined)
  return Promise.all(ids.map((id) => agent.getCampaign(id)))
}

export async function immediate() {
  const found: string[] = []
  for (const id of wanted) {
    found.push(id)
    ;(await new FacebookAdsAgent().getCampaigns()).forEach((each) => found.push(each.id))
  }
  return found
}

export async function assigned() {
  let agent
  let name = 'a'
  agent = new FacebookAdsAgent()
  name += (await agent.getCampaigns()).length
  return name
}
`,
    },
  },
];
