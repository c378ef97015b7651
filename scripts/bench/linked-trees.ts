import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type GeneratedTree, unrelatedModule, writeBesideAgent } from './codemod-tree.ts';

type Texts = Record<string, string>;

/** Comments, to make a file large. */
function proseOf(kilobytes: number): string {
  const prose = '// What a request brings with it is none of its business.\n';
  return prose.repeat(Math.floor((kilobytes * 1000) / prose.length));
}

function generated(name: string, relevant: number, texts: Texts): GeneratedTree {
  const write = (root: string) => {
    writeBesideAgent(root);
    for (const [file, text] of Object.entries(texts)) {
      const target = path.join(root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  };
  return { name, files: Object.keys(texts).length, relevant, write };
}

const AGENT = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';\n";
const ROUTER = "import { Router } from 'express';\n";

/** Of every five relevant files one is a factory, one a factory over it, one a service, and two are routes. */
const RELEVANT_IN_PART = 5;

/**
 * An Express service as they are: parts with a factory, a factory over it, a service and routes, a barrel for each
 * part that the routes import by an alias of tsconfig.json, and modules that have nothing to do with the agent, which
 * import from the barrels too.
 */
export function linkedTree(files: number, relevant: number): GeneratedTree {
  const parts = Math.floor(relevant / RELEVANT_IN_PART);
  const texts: Texts = {
    'tsconfig.json':
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "@parts/*": ["src/parts/*"] }, "module": "nodenext" } }\n',
  };
  for (let part = 0; part < parts; part++) Object.assign(texts, partTexts(part));
  for (let index = 0; Object.keys(texts).length < files; index++) {
    const part = index % parts;
    texts[`src/parts/part-${part}/item-${index}.ts`] =
      `import { label${(part + 1) % parts} } from '@parts/part-${(part + 1) % parts}/index.js';\n${unrelatedModule(index)}\nexport const shelf${index} = label${(part + 1) % parts};\n`;
  }
  return generated(`linked, ${files} files`, relevant, texts);
}

function partTexts(part: number): Texts {
  const folder = `src/parts/part-${part}`;
  const agent = AGENT.replace('../', '../../');
  return {
    [`${folder}/make-agent.ts`]: `${agent}
export function makeAgent${part}(): FacebookAdsAgent {
  return new FacebookAdsAgent();
}
`,
    [`${folder}/open-agent.ts`]: `import { makeAgent${part} } from './make-agent.js';

export const openAgent${part} = () => makeAgent${part}();
`,
    [`${folder}/service.ts`]: `${agent}
export class Service${part} {
  async names(): Promise<string[]> {
    const agent = new FacebookAdsAgent();
    const campaigns = await agent.getCampaigns();
    return campaigns.filter((name) => name !== '${part}');
  }
}
`,
    [`${folder}/index.ts`]: `export * from './service.js';
export { openAgent${part} as openAgent } from './open-agent.js';
export { makeAgent${part} } from './make-agent.js';
export const label${part} = 'part ${part}';
`,
    [`${folder}/routes.ts`]: `${ROUTER}import { openAgent, Service${part} } from '@parts/part-${part}/index.js';

export const router = Router();
const service = new Service${part}();

router.get('/part-${part}', async (_req, res) => {
  const agent = openAgent();
  res.json([await agent.getCampaigns(), await service.names()]);
});
`,
    [`${folder}/admin.ts`]: `${ROUTER}import { makeAgent${part} } from './index.js';

export const admin = Router();

admin.get('/admin-${part}/:id', async (req, res) => {
  const agent = makeAgent${part}();
  res.json(await agent.getAdInsights(String(req.params.id)));
});
`,
  };
}

/** Layers of two files, each with factories over every factory of the layer below, and one file of routes on top. */
export function latticeTree(layers: number, factoriesInFile: number): GeneratedTree {
  const texts: Texts = {};
  const names = Array.from({ length: 2 * factoriesInFile }, (_, index) => index);
  for (let layer = 0; layer < layers; layer++) {
    for (const file of [0, 1]) {
      const own = names.filter((index) => Math.floor(index / factoriesInFile) === file);
      const imports =
        layer === 0
          ? AGENT
          : [0, 1]
              .map((below) => {
                const theirs = names.filter((index) => Math.floor(index / factoriesInFile) === below);
                return `import { ${theirs.map((index) => `make${layer - 1}x${index}`).join(', ')} } from './layer-${layer - 1}-${below}.js';\n`;
              })
              .join('');
      const functions = own.map((index) => {
        const source = (over: number) =>
          layer === 0 ? 'new FacebookAdsAgent()' : `make${layer - 1}x${over}()`;
        return `export const make${layer}x${index} = () => ${source(index)};\n`;
      });
      const others = layer === 0 ? [] : names.filter((index) => !own.includes(index));
      const more = others.map(
        (index) => `export const also${layer}x${index} = () => make${layer - 1}x${index}();\n`,
      );
      texts[`src/lattice/layer-${layer}-${file}.ts`] = `${imports}\n${functions.join('')}${more.join('')}`;
    }
  }
  const top = layers - 1;
  texts['src/lattice/routes.ts'] = `${ROUTER}${[0, 1]
    .map((file) => {
      const own = names.filter((index) => Math.floor(index / factoriesInFile) === file);
      return `import { ${own.map((index) => `make${top}x${index}`).join(', ')} } from './layer-${top}-${file}.js';\n`;
    })
    .join('')}
export const router = Router();
${names
  .map(
    (index) => `
router.get('/${index}', async (_req, res) => {
  const agent = make${top}x${index}();
  res.json(await agent.getCampaigns());
});
`,
  )
  .join('')}`;
  const files = 2 * layers + 1;
  return generated(`lattice of ${layers} layers, ${factoriesInFile} a file`, files, texts);
}

/** A factory in each file, over that of the file before, and routes that use the last one. */
export function chainTree(length: number): GeneratedTree {
  const texts: Texts = {
    'src/chain/make-0.ts': `${AGENT}\nexport const make0 = () => new FacebookAdsAgent();\n`,
    'src/chain/routes.ts': `${ROUTER}import { make${length - 1} } from './make-${length - 1}.js';

export const router = Router();

router.get('/', async (_req, res) => {
  const agent = make${length - 1}();
  res.json(await agent.getCampaigns());
});
`,
  };
  for (let index = 1; index < length; index++) {
    texts[`src/chain/make-${index}.ts`] =
      `import { make${index - 1} } from './make-${index - 1}.js';\n\nexport const make${index} = () => make${index - 1}();\n`;
  }
  return generated(`chain of ${length}`, length + 1, texts);
}

/** Factories behind one barrel, each with a user that imports it from there, and modules in a circle beside them. */
export function barrelTree(factories: number): GeneratedTree {
  const texts: Texts = {};
  const all = Array.from({ length: factories }, (_, index) => index);
  texts['src/barrel/index.ts'] = all.map((index) => `export * from './make-${index}.js';\n`).join('');
  texts['src/shared/index.ts'] = all.map((index) => `export * from './module-${index}.js';\n`).join('');
  for (const index of all) {
    texts[`src/barrel/make-${index}.ts`] =
      `${AGENT}\nexport function make${index}(): FacebookAdsAgent {\n  return new FacebookAdsAgent();\n}\n`;
    texts[`src/shared/module-${index}.ts`] =
      `import { name${(index + 1) % factories} } from './index.js';\n\nexport const name${index} = () => 'name ${index}';\nexport const next${index} = () => name${(index + 1) % factories}();\n`;
    texts[`src/users/user-${index}.ts`] = `${ROUTER}import { make${index} } from '../barrel/index.js';

export const router = Router();

router.get('/users-${index}', async (_req, res) => {
  const agent = make${index}();
  res.json(await agent.getCampaigns());
});
`;
    texts[`src/routes/route-${index}.ts`] = `${ROUTER}import { next${index} } from '../shared/index.js';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.js';

export const router = Router();

router.get('/routes-${index}', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json([next${index}(), await agent.getCampaigns()]);
});
`;
  }
  return generated(`barrel of ${factories}`, 3 * factories, texts);
}

/** Middlewares that set `res.locals.agent`, and routes behind them that read it. */
export function attachTree(middlewares: number, routes: number): GeneratedTree {
  const texts: Texts = {};
  for (let index = 0; index < middlewares; index++) {
    texts[`src/middleware/attach-${index}.ts`] = `import type { RequestHandler } from 'express';
${AGENT}
export const attach${index}: RequestHandler = (_req, res, next) => {
  res.locals.agent = new FacebookAdsAgent();
  next();
};
`;
  }
  for (let index = 0; index < routes; index++) {
    const middleware = index % middlewares;
    texts[`src/routes/route-${index}.ts`] =
      `${ROUTER}import { attach${middleware} } from '../middleware/attach-${middleware}.js';

export const router = Router();
router.use(attach${middleware});

router.get('/routes-${index}', async (_req, res) => {
  res.json(await res.locals.agent.getCampaigns());
});
`;
  }
  return generated(
    `${middlewares} middlewares in ${middlewares + routes} files`,
    middlewares + routes,
    texts,
  );
}

/**
 * Handlers that each read a state of another file, in files that all get at each other by one barrel, and of which
 * `kilobytes` are text: more than is kept of syntax trees, where there are many.
 */
export function stateTree(parts: number, kilobytes: number): GeneratedTree {
  const texts: Texts = {};
  const filling = proseOf(kilobytes);
  const indices = Array.from({ length: parts }, (_, index) => index);
  for (const index of indices) {
    texts[`src/state/state-${index}.ts`] =
      `import { state${(index + 1) % parts} } from './index.js';\n\n${filling}export const state${index} = { id: '${index}', next: () => state${(index + 1) % parts}.id };\n`;
    texts[`src/routes/route-${index}.ts`] =
      `${AGENT}${ROUTER}import { state${index} } from '../state/index.js';

export const router = Router();

router.get('/${index}', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getAdInsights(state${index}.id));
});
`;
  }
  texts['src/state/index.ts'] = indices.map((index) => `export * from './state-${index}.js';\n`).join('');
  return generated(`shared state, ${2 * parts + 1} files`, parts, texts);
}

/**
 * Services whose methods all have the same names, and routes that call them on what the app gives them, of which nothing
 * tells which it is: each may run the method of any service.
 */
export function namesakeTree(parts: number, kilobytes = 0): GeneratedTree {
  const texts: Texts = {};
  const filling = proseOf(kilobytes);
  for (let index = 0; index < parts; index++) {
    texts[`src/services/service-${index}.ts`] = `${filling}export class Service${index} {
  private tenant = '';

  become(id: string): void {
    this.tenant = id;
  }

  list(): string {
    return this.tenant;
  }
}
`;
    texts[`src/routes/route-${index}.ts`] = `${AGENT}${ROUTER}
export const router = Router();

router.get('/${index}', async (req, res) => {
  const agent = new FacebookAdsAgent();
  const tenant = req.app.get('service-${index}').list();
  res.json(await agent.getAdInsights(tenant));
});
`;
  }
  const size = kilobytes > 0 ? `, ${kilobytes} kB each` : '';
  return generated(`${parts} services with methods of one name${size}`, parts, texts);
}
