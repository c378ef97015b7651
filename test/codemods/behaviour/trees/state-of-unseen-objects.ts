import type { Tree } from '../support/tree.ts';
import { routes } from './pieces.ts';

const BOTH = `const both = async (load: (id: string) => Promise<unknown>) => await Promise.all([load('7'), load('8')]);
`;

/** A service that is told whose it is, and whether what it reads behind the agent keeps it. */
const service = (
  name: string,
  isLeft: boolean,
) => `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class ${name} {
  private id = '';
  calls = 0;

  become${name}(id: string): void {
    this.id = id;
  }

  count${name}(): void {
    this.calls += 1;
  }

  async load${name}(): Promise<unknown> {
${isLeft ? '' : '    const { id } = this;\n'}    const agent = new FacebookAdsAgent();${isLeft ? ' // left: set-before-agent' : ''}
    return await agent.getCampaign(${isLeft ? 'this.id' : 'id'} || '7');
  }
}
`;

const CONTAINER = `const held = new Map<string, any>();

export const container = {
  set: (name: string, value: unknown) => void held.set(name, value),
  get: (name: string) => held.get(name),
};

export const registry: { services: Record<string, any>; held?: any } = { services: {} };
`;

/** What requests share by an object that the file which uses it does not name: by its class, its type or its module. */
export const unseenObjectTrees: readonly Tree[] = [
  {
    name: 'services that a file gets without naming their class',
    files: {
      'services/by-app.ts': service('ByApp', true),
      'services/by-locals.ts': service('ByLocals', true),
      'services/by-container.ts': service('ByContainer', true),
      'services/by-registry.ts': service('ByRegistry', true),
      'services/by-middleware.ts': service('ByMiddleware', true),
      'services/by-name.ts': service('ByName', true),
      'services/injected.ts': service('Injected', true),
      'services/carried.ts': service('Carried', true),
      'services/by-call.ts': service('ByCall', true),
      'services/closed.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export function createClosed() {
  let id = '';
  return {
    becomeClosed(next: string): void {
      id = next;
    },
    async loadClosed(): Promise<unknown> {
      const agent = new FacebookAdsAgent(); // left: set-before-agent
      return await agent.getCampaign(id);
    },
  };
}
`,
      'container.ts': CONTAINER,
      'boot.ts': `import { container, registry } from './container%ext';
import { ByApp } from './services/by-app%ext';
import { ByCall } from './services/by-call%ext';
import { ByContainer } from './services/by-container%ext';
import { ByLocals } from './services/by-locals%ext';
import { ByMiddleware } from './services/by-middleware%ext';
import { ByName } from './services/by-name%ext';
import { ByRegistry } from './services/by-registry%ext';
import { Carried } from './services/carried%ext';
import { createClosed } from './services/closed%ext';
import { Injected } from './services/injected%ext';

let carried: Carried | undefined;

export function boot(app: any): void {
  if (app.get('byApp')) return;
  app.set('byApp', new ByApp());
  app.set('byCall', new ByCall());
  app.set('byMiddleware', new ByMiddleware());
  app.set('closed', createClosed());
  app.locals.byLocals = new ByLocals();
  container.set('byContainer', new ByContainer());
  container.set('byName', byName);
  container.set('injected', new Injected());
  registry.services['byRegistry'] = new ByRegistry();
  registry.held = registry.services['byRegistry'];
  carried = new Carried();
}

export const byName = new ByName();
export const carriedService = (): Carried | undefined => carried;
`,
      'become.ts': `export function become(req: any, _res: any, next: () => void): void {
  req.app.get('byMiddleware').becomeByMiddleware(String(req.query.id ?? '7'));
  next();
}
`,
      'controller.ts': `export class Controller {
  constructor(private readonly service: any) {}

  async show(id: string): Promise<unknown> {
    this.service.becomeInjected(id);
    return await this.service.loadInjected();
  }
}
`,
      'routes/main.ts': routes(`
import { become } from '../become%ext';
import { boot, byName, carriedService } from '../boot%ext';
import { container, registry } from '../container%ext';
import { Controller } from '../controller%ext';

${BOTH}
router.use((req: any, _res, next) => {
  boot(req.app);
  req.carried = carriedService();
  next();
});
router.use(become);

router.get('/app', async (req, res) => {
  const load = async (id: string) => {
    const service = req.app.get('byApp');
    service.becomeByApp(id);
    return await service.loadByApp();
  };
  res.json(await both(load));
});

router.get('/call', async (req, res) => {
  const load = async (id: string) => {
    const service = req.app.get('byCall');
    const { becomeByCall } = service;
    becomeByCall.call(service, id);
    return await service.loadByCall();
  };
  res.json(await both(load));
});

router.get('/locals', async (req, res) => {
  const load = async (id: string) => {
    req.app.locals['byLocals'].becomeByLocals(id);
    return await req.app.locals['byLocals'].loadByLocals();
  };
  res.json(await both(load));
});

router.get('/container', async (_req, res) => {
  const load = async (id: string) => {
    container.get('byContainer').becomeByContainer(id);
    return await container.get('byContainer').loadByContainer();
  };
  res.json(await both(load));
});

router.get('/registry', async (_req, res) => {
  const load = async (id: string) => {
    registry.services['byRegistry'].becomeByRegistry(id);
    return await registry.held.loadByRegistry();
  };
  res.json(await both(load));
});

router.get('/middleware', async (req, res) => {
  res.json(await req.app.get('byMiddleware').loadByMiddleware());
});

router.get('/name', async (_req, res) => {
  const load = async (id: string) => {
    byName.becomeByName(id);
    return await container.get('byName').loadByName();
  };
  res.json(await both(load));
});

router.get('/injected', async (_req, res) => {
  const controller = new Controller(container.get('injected'));
  res.json(await both(async (id) => await controller.show(id)));
});

router.get('/carried', async (req: any, res) => {
  const load = async (id: string) => {
    req.carried.becomeCarried(id);
    return await req.carried.loadCarried();
  };
  res.json(await both(load));
});

router.get('/closed', async (req, res) => {
  const load = async (id: string) => {
    req.app.get('closed').becomeClosed(id);
    return await req.app.get('closed').loadClosed();
  };
  res.json(await both(load));
});

router.get('/agent', async (_req, res) => {
  res.json(await new FacebookAdsAgent().getCampaigns());
});
`),
    },
  },
  {
    name: 'services that others set by a type, a helper or an event',
    files: {
      'types.ts': `export interface Tenanted {
  tenant: string;
  loadTyped(): Promise<unknown>;
}
`,
      'services/typed.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

export class Typed {
  tenant = '';

  async loadTyped(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.tenant);
  }
}
`,
      'services/base.ts': `export abstract class Base {
  protected id = '';

  setId(id: string): void {
    this.id = id;
  }

  abstract loadExtended(): Promise<unknown>;
}
`,
      'services/extended.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { Base } from './base%ext';

export class Extended extends Base {
  async loadExtended(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  }
}
`,
      'bus.ts': `import { EventEmitter } from 'node:events';

export const bus = new EventEmitter();
`,
      'services/listening.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';
import { bus } from '../bus%ext';

export class Listening {
  private id = '';

  constructor() {
    bus.on('tenant', (id: string) => {
      this.id = id;
    });
  }

  async loadListening(): Promise<unknown> {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  }
}
`,
      'services/lazy.ts': `${service('Lazy', true)}
let lazy: Lazy | undefined;

export function getLazy(): Lazy {
  return (lazy ??= new Lazy());
}
`,
      'services/helped.ts': service('Helped', true),
      'services/borrowed.ts': service('Borrowed', true),
      'services/global.ts': service('Global', true),
      'services/optional.ts': service('Optional', true),
      'services/in-context.ts': service('InContext', true),
      'services/accessed.ts': service('Accessed', true).replace(
        '  calls = 0;',
        '  calls = 0;\n\n  set whose(id: string) {\n    this.id = id;\n  }',
      ),
      'services/prototype.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

function Prototype(this: any) {
  this.id = '';
}

Prototype.prototype.becomePrototype = function (id: string) {
  this.id = id;
};

Prototype.prototype.loadPrototype = async function () {
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(this.id);
};

export const prototype = new (Prototype as any)();
`,
      'services/taken-apart.ts': `import { FacebookAdsAgent } from '../agents/facebook-ads-agent%ext';

class TakenApart {
  private id = '';

  becomeApart = (id: string): void => {
    this.id = id;
  };

  loadApart = async (): Promise<unknown> => {
    const agent = new FacebookAdsAgent(); // left: set-before-agent
    return await agent.getCampaign(this.id);
  };
}

export const { becomeApart, loadApart } = new TakenApart();
`,
      'helpers.ts': `export const become = (service: any, id: string): void => {
  service.becomeHelped(id);
};

export const using = async (service: unknown, run: (service: any) => Promise<unknown>): Promise<unknown> =>
  await run(service);
`,
      'resolvers.ts': `export const resolvers = {
  campaign: async (_parent: unknown, _given: object, context: any): Promise<unknown> => {
    context.service.becomeInContext(context.user.id);
    return await context.service.loadInContext();
  },
};
`,
      'controller.ts': `import type { Base } from './services/base%ext';
import type { Tenanted } from './types%ext';

export class Controller {
  constructor(
    private readonly typed: Tenanted,
    private readonly base: Base,
  ) {}

  async byType(id: string): Promise<unknown> {
    this.typed.tenant = id;
    return await this.typed.loadTyped();
  }

  async byBase(id: string): Promise<unknown> {
    this.base.setId(id);
    return await this.base.loadExtended();
  }
}
`,
      'boot.ts': `import { Controller } from './controller%ext';
import { Accessed } from './services/accessed%ext';
import { Borrowed } from './services/borrowed%ext';
import { Extended } from './services/extended%ext';
import { Global } from './services/global%ext';
import { Helped } from './services/helped%ext';
import { InContext } from './services/in-context%ext';
import { Listening } from './services/listening%ext';
import { Optional } from './services/optional%ext';
import { Typed } from './services/typed%ext';

(globalThis as any).globalService = new Global();
export const controller = new Controller(new Typed(), new Extended());
export const listening = new Listening();
export const services: Map<string, any> = new Map<string, any>([
  ['accessed', new Accessed()],
  ['borrowed', new Borrowed()],
  ['helped', new Helped()],
  ['inContext', new InContext()],
  ['optional', new Optional()],
]);
`,
      'routes/main.ts': routes(`
import { controller, listening, services } from '../boot%ext';
import { bus } from '../bus%ext';
import { become, using } from '../helpers%ext';
import { resolvers } from '../resolvers%ext';
import { getLazy } from '../services/lazy%ext';
import { prototype } from '../services/prototype%ext';
import { becomeApart, loadApart } from '../services/taken-apart%ext';

${BOTH}
const byEvent = async (id: string) => {
  bus.emit('tenant', id);
  return await listening.loadListening();
};

const byLazy = async (id: string) => {
  getLazy().becomeLazy(id);
  return await getLazy().loadLazy();
};

const byHelper = async (id: string) => {
  become(services.get('helped'), id);
  return await services.get('helped').loadHelped();
};

const byCallback = async (id: string) =>
  await using(services.get('borrowed'), async (service: any) => {
    service.becomeBorrowed(id);
    return await service.loadBorrowed();
  });

const byGlobal = async (id: string) => {
  (globalThis as any).globalService.becomeGlobal(id);
  return await (globalThis as any).globalService.loadGlobal();
};

const byOptional = async (id: string) => {
  services.get('optional')?.becomeOptional(id);
  return await services.get('optional')?.loadOptional?.();
};

const byAccessor = async (id: string) => {
  services.get('accessed').whose = id;
  return await services.get('accessed').loadAccessed();
};

const byPrototype = async (id: string) => {
  prototype.becomePrototype(id);
  return await prototype.loadPrototype();
};

const byParts = async (id: string) => {
  becomeApart(id);
  return await loadApart();
};

const byContext = async (id: string) =>
  await resolvers.campaign({}, {}, { service: services.get('inContext'), user: { id } });

router.get('/type', async (_req, res) => void res.json(await both((id) => controller.byType(id))));
router.get('/base', async (_req, res) => void res.json(await both((id) => controller.byBase(id))));
router.get('/event', async (_req, res) => void res.json(await both(byEvent)));
router.get('/lazy', async (_req, res) => void res.json(await both(byLazy)));
router.get('/helper', async (_req, res) => void res.json(await both(byHelper)));
router.get('/callback', async (_req, res) => void res.json(await both(byCallback)));
router.get('/global', async (_req, res) => void res.json(await both(byGlobal)));
router.get('/optional', async (_req, res) => void res.json(await both(byOptional)));
router.get('/accessor', async (_req, res) => void res.json(await both(byAccessor)));
router.get('/context', async (_req, res) => void res.json(await both(byContext)));
router.get('/prototype', async (_req, res) => void res.json(await both(byPrototype)));
router.get('/parts', async (_req, res) => void res.json(await both(byParts)));
router.get('/agent', async (_req, res) => void res.json(await new FacebookAdsAgent().getCampaigns()));
`),
    },
  },
  {
    name: 'contexts that a handler gets without naming their class',
    files: {
      'context.ts': `export class Context {
  id = '';

  become(id: string): void {
    this.id = id;
  }

  current(): string {
    return this.id;
  }
}
`,
      'container.ts': CONTAINER,
      'boot.ts': `import { container } from './container%ext';
import { Context } from './context%ext';

container.set('context', new Context());
`,
      'routes/main.ts': routes(`
import '../boot%ext';
import { container } from '../container%ext';

${BOTH}
const byMethods = async (id: string) => {
  const context = container.get('context');
  context.become(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  const name = agent.describe();
  const current = context.current();
  return [name, current, await agent.getCampaign(current)];
};

const byProperty = async (id: string) => {
  const context = container.get('context');
  context.id = id;
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  return await agent.getCampaign(context.id);
};

const byBoth = async (id: string) => {
  container.get('context').become(id);
  const agent = new FacebookAdsAgent(); // left: set-before-agent
  const context = container.get('context');
  return await agent.getCampaign(context.id);
};

router.get('/methods', async (_req, res) => void res.json(await both(byMethods)));
router.get('/property', async (_req, res) => void res.json(await both(byProperty)));
router.get('/both', async (_req, res) => void res.json(await both(byBoth)));
router.get('/agent', async (_req, res) => void res.json(await new FacebookAdsAgent().getCampaigns()));
`),
    },
  },
  {
    name: 'objects that look like those which requests share',
    files: {
      'services/counting.ts': service('Counting', false),
      'container.ts': CONTAINER,
      'logger.ts': `export class Logger {
  lines: string[] = [];

  info(line: string): void {
    this.lines.push(line);
    if (this.lines.length > 1000) this.lines = [];
  }
}
`,
      'context.ts': `export class RequestContext {
  userId = '';

  setUser(id: string): void {
    this.userId = id;
  }

  user(): string {
    return this.userId;
  }
}
`,
      'user.ts': `export class User {
  name = '';
  constructor(readonly id: string) {}

  rename(name: string): void {
    this.name = name;
  }

  label(): string {
    return this.name + this.id;
  }
}

export const repository = {
  async findOne({ id }: { id: string }): Promise<any> {
    await Promise.resolve();
    return new User(id);
  },
};
`,
      'registry.ts': `export class Registry {
  private header = '';

  set(_name: string, value: string): this {
    this.header = value;
    return this;
  }

  get(_name: string): string {
    return this.header;
  }
}
`,
      'routes/main.ts': routes(`
import { container } from '../container%ext';
import { RequestContext } from '../context%ext';
import { Logger } from '../logger%ext';
import { Counting } from '../services/counting%ext';
import { repository } from '../user%ext';

${BOTH}
container.set('logger', new Logger());
container.set('counting', new Counting());
router.use((req: any, res, next) => {
  req.context = new RequestContext();
  res.locals['own'] = new RequestContext();
  next();
});

router.get('/headers', async (req, res) => {
  res.set('x-id', String(req.query['id'] ?? '7'));
  const names = new Map<string, string>();
  names.set('id', '7');
  const agent = new FacebookAdsAgent();
  res.status(200);
  res.json([await agent.getCampaign(String(names.get('id'))), res.get('x-id')]);
});

router.get('/log', async (_req, res) => {
  container.get('logger').info('starts');
  const agent = new FacebookAdsAgent();
  const campaign = await agent.getCampaign('7');
  container.get('logger').info('ends');
  res.json(campaign);
});

router.get('/context', async (req: any, res) => {
  req.context.setUser(String(req.query.id ?? '7'));
  res.locals['own'].setUser('9');
  const agent = new FacebookAdsAgent();
  const name = agent.describe();
  const user = req.context.user();
  res.json([name, user, await agent.getCampaign(req.context.userId), res.locals['own'].user()]);
});

const byRow = async (id: string) => {
  const user = await repository.findOne({ id });
  user.rename(\`n\${id}\`);
  user.name += id;
  const agent = new FacebookAdsAgent();
  const name = agent.describe();
  const label = user.label();
  return [name, label, await agent.getCampaign(user.name)];
};

const byService = async () => {
  const counting = container.get('counting');
  counting.countCounting();
  return await counting.loadCounting();
};

router.get('/row', async (_req, res) => void res.json(await both(byRow)));
router.get('/service', async (_req, res) => void res.json(await both(byService)));
`),
    },
  },
];
