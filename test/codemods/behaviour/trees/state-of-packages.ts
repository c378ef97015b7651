import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

const LEFT = ' // left: set-before-agent';

/** What a request leaves where no call of the tree's own functions shows it, and what only looks as if it did. */
export const packageStateTrees: readonly Tree[] = [
  {
    name: 'what a request leaves in objects of packages, by tags, bases and callbacks of promises',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
${BOTH}
const url = new URL('http://localhost/');

const byUrl = async (id: string) => {
  url.searchParams.set('id', id);
  const agent = new FacebookAdsAgent();${LEFT}
  return await agent.getCampaign(url.search);
};

const written = new Date(0);

const byDate = async (id: string) => {
  written.setUTCFullYear(2000 + Number(id));
  const agent = new FacebookAdsAgent();${LEFT}
  return await agent.getCampaign(String(written.getUTCFullYear() - 2000));
};

function* keeper(): Generator<string, void, string> {
  let last = '7';
  for (;;) last = (yield last) || last;
}
const kept = keeper();
kept.next('');

const byGenerator = async (id: string) => {
  kept.next(id);
  const agent = new FacebookAdsAgent(); // left: argument-before-agent
  return await agent.getCampaign(String(kept.next('').value));
};

let tagged = '7';
const as = (_texts: TemplateStringsArray, id: string) => {
  tagged = id;
};

const byTag = async (id: string) => {
  as\`user \${id}\`;
  const agent = new FacebookAdsAgent();${LEFT}
  return await agent.getCampaign(tagged);
};

class Base {
  private id = '7';

  set user(id: string) {
    this.id = id;
  }

  get user(): string {
    return this.id;
  }
}
class Context extends Base {
  become(id: string): void {
    super.user = id;
  }
}
const context = new Context();

const byBase = async (id: string) => {
  context.become(id);
  const agent = new FacebookAdsAgent();${LEFT}
  return await agent.getCampaign(context.user);
};

let found = '7';

const byCallback = async (id: string) => {
  await Promise.resolve(id).then((each) => {
    found = each;
  });
  const agent = new FacebookAdsAgent();${LEFT}
  return await agent.getCampaign(found);
};

let log = { child: (id: string) => ({ ...log, id }), bindings: () => ({ id: '7' }) };

const byVariable = async (id: string) => {
  log = { ...log, bindings: () => ({ id }) };
  const agent = new FacebookAdsAgent(); // left: argument-before-agent
  return await agent.getCampaign(log.bindings().id);
};

router.get('/url', async (_req, res) => void res.json(await both(byUrl)));
router.get('/date', async (_req, res) => void res.json(await both(byDate)));
router.get('/generator', async (_req, res) => void res.json(await both(byGenerator)));
router.get('/tag', async (_req, res) => void res.json(await both(byTag)));
router.get('/base', async (_req, res) => void res.json(await both(byBase)));
router.get('/callback', async (_req, res) => void res.json(await both(byCallback)));
router.get('/variable', async (_req, res) => void res.json(await both(byVariable)));
`),
    },
  },
  {
    name: 'what looks as if a request left it in objects of packages',
    files: {
      'routes/main.ts': routes(`
${BOTH}
const sqlOf = (texts: TemplateStringsArray, id: string) => texts.join('?') + id;

const byTag = async (id: string) => {
  const text = sqlOf\`user \${id}\`;
  const agent = new FacebookAdsAgent();
  return [text, await agent.getCampaign(id)];
};

const byUrl = async (id: string) => {
  const url = new URL('http://localhost/');
  url.searchParams.set('id', id);
  const search = url.search.slice(4);
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(search);
};

const limits = new Map<string, string>();

const byOtherKey = async (id: string) => {
  limits.set(\`user:\${id}\`, id);
  const agent = new FacebookAdsAgent();
  const name = agent.describe();
  const all = limits.get('all') ?? '7';
  return [name, await agent.getCampaign(all)];
};

const sent = new URLSearchParams();

const byNote = async (id: string) => {
  sent.delete(id);
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(id);
};

const byOwnPromise = async (id: string) => {
  let own = '';
  await Promise.resolve(id).then((each) => {
    own = each;
  });
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(own);
};

router.get('/tag', async (_req, res) => void res.json(await both(byTag)));
router.get('/url', async (_req, res) => void res.json(await both(byUrl)));
router.get('/other-key', async (_req, res) => void res.json(await both(byOtherKey)));
router.get('/note', async (_req, res) => void res.json(await both(byNote)));
router.get('/own-promise', async (_req, res) => void res.json(await both(byOwnPromise)));
`),
    },
  },
];
