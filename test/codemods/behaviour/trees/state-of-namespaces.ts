import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

/** What one request keeps in a namespace, which has variables as a module has. */
export const namespaceStateTrees: readonly Tree[] = [
  {
    name: 'what a request sets in namespaces for its agent',
    failures: ['none'],
    files: {
      'tenants.ts': `export namespace Tenants {
  export let current = '';
  export function become(id: string) {
    current = id;
  }
}
`,
      'routes/main.ts': routes(`
import { Tenants } from '../tenants%ext';

${BOTH}
namespace Current {
  let id = '';
  export const set = (value: string) => {
    id = value;
  };
  export const get = () => id;
}
namespace Open {
  export let id = '';
}
namespace Outer.Inner {
  export let id = '';
  export function use(value: string) {
    id = value;
  }
}
namespace Deep {
  export namespace Inner {
    export let id = '';
    export function enter(value: string) {
      id = value;
    }
  }
}
namespace Routes {
  const base = 'v';
  export const of = (id: string) => base + id;
}

const byFunction = async (id: string) => {
  Current.set(id);
  const agent = new FacebookAdsAgent();
  const path = Current.get();
  return await agent.getCampaign(path);
};

const byMember = async (id: string) => {
  Open.id = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Open.id);
};

const byPath = async (id: string) => {
  Outer.Inner.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Outer.Inner.id);
};

const byInner = async (id: string) => {
  Deep.Inner.enter(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Deep.Inner.id);
};

const byImport = async (id: string) => {
  Tenants.become(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Tenants.current);
};

const byNothing = async (id: string) => {
  const path = Routes.of(id);
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(path);
};

router.get('/function', async (_req, res) => void res.json(await both(byFunction)));
router.get('/member', async (_req, res) => void res.json(await both(byMember)));
router.get('/path', async (_req, res) => void res.json(await both(byPath)));
router.get('/inner', async (_req, res) => void res.json(await both(byInner)));
router.get('/import', async (_req, res) => void res.json(await both(byImport)));
router.get('/nothing', async (_req, res) => void res.json(await both(byNothing)));
`),
    },
  },
  {
    name: 'what a request sets in namespaces of one name, or by another name',
    failures: ['none'],
    files: {
      'routes/main.ts': routes(`
${BOTH}
namespace Twice {
  export const base = 'v';
  export let id = '';
}
namespace Twice {
  export let other = '';
  export function use(value: string) {
    id = value;
    other = value;
  }
}
class Account {
  static readonly base = 'v';
}
namespace Account {
  export let id = '';
  export function use(value: string) {
    id = value;
  }
}
function current() {
  return current.id;
}
namespace current {
  export let id = '';
  export function use(value: string) {
    id = value;
  }
}
namespace Named {
  export namespace Inner {
    export let id = '';
    export function use(value: string) {
      id = value;
    }
  }
}
import Other = Named.Inner;
namespace Paths {
  export const base = 'v';
}
namespace Paths {
  export const of = (id: string) => base + id;
}

const byFirst = async (id: string) => {
  Twice.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Twice.id);
};

const bySecond = async (id: string) => {
  Twice.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Twice.other);
};

const byClass = async (id: string) => {
  Account.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Account.id);
};

const byCall = async (id: string) => {
  current.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(current.id);
};

const byAlias = async (id: string) => {
  Other.use(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(Named.Inner.id);
};

const byNothing = async (id: string) => {
  const path = Paths.of(id) + Account.base + Twice.base;
  const agent = new FacebookAdsAgent();
  return await agent.getCampaign(path);
};

router.get('/first', async (_req, res) => void res.json(await both(byFirst)));
router.get('/second', async (_req, res) => void res.json(await both(bySecond)));
router.get('/class', async (_req, res) => void res.json(await both(byClass)));
router.get('/call', async (_req, res) => void res.json(await both(byCall)));
router.get('/alias', async (_req, res) => void res.json(await both(byAlias)));
router.get('/nothing', async (_req, res) => void res.json(await both(byNothing)));
`),
    },
  },
];
