import { someOf } from '../support/depth.ts';
import { check, GROUND, NEW_WAY, removeTrees, Tree } from './checklist-tree.ts';

afterAll(removeTrees);

const CALL =
  "const {FacebookAdsAgent}=require('./dist/agents/facebook-ads-agent'); new FacebookAdsAgent().getCampaigns()";
const EVAL = `node -e "${CALL}"`;
const FROM = "from './agents/facebook-ads-agent'";
const component = (code: string) => `<script setup lang="ts">\n${code}\n</script>\n`;

const exitOf = async (file: string, text: string) => {
  const files = { ...GROUND, 'src/api/a.ts': NEW_WAY, 'MIGRATION.md': '- [x] `src/api/a.ts`\n' };
  return (await check(new Tree({ ...files, [file]: text }))).exitCode;
};

test.each(
  someOf([
    ['Dockerfile', `FROM node\nCMD ["node", "-e", "${CALL}"]\n`],
    ['Containerfile', `FROM node\nCMD ${EVAL}\n`],
    ['docker/prod.Dockerfile', `FROM node\nCMD ${EVAL}\n`],
    ['justfile', `job:\n  ${EVAL}\n`],
    ['bin/job', `#!/bin/sh\n${EVAL}\n`],
    ['bin/job.ps1', `${EVAL}\n`],
    ['.github/workflows/job.yml', `jobs:\n  a:\n    steps:\n      - run: ${EVAL}\n`],
    ['fly.toml', `[processes]\njob = '''${EVAL}'''\n`],
    ['ecosystem.config.json', JSON.stringify({ apps: [{ script: EVAL }] })],
    ['src/a.vue', component(`import { FacebookAdsAgent as Ads } ${FROM};\nconst a = new Ads();`)],
    [
      'src/a.vue',
      component(`import { FacebookAdsAgent } ${FROM};\nconst C = FacebookAdsAgent; const a = new C();`),
    ],
    ['src/a.svelte', component(`import * as ads ${FROM};\nconst a = new ads.FacebookAdsAgent();`)],
    [
      'src/a.vue',
      component(`import { FacebookAdsAgent } ${FROM};\nconst a = FacebookAdsAgent.forAccount('1');`),
    ],
    ['src/a.astro', `---\nimport { FacebookAdsAgent as Ads } ${FROM};\nconst a = new Ads();\n---\n<p/>\n`],
    ['src/a.vue', component(`import { FacebookAdsAgent } ${FROM};\nconst a = new FacebookAdsAgent( =>`)],
    ['src/a.vue', component(`import Ads ${FROM};\nconst a = new Ads();`)],
    ['src/a.astro', `---\nimport Ads ${FROM};\nconst a = new Ads();\n---\n<p/>\n`],
    ['src/a.svelte', component(`import * as ads ${FROM};\nconst a = new ads[key]();`)],
    ['src/a.svelte', component(`import * as ads ${FROM};\nexport const all = { ads };`)],
    ['src/a.vue', component(`const m = await import(${FROM.slice(5)});\nnew m.default();`)],
    ['src/a.html', component(`import Ads ${FROM};\nnew Ads();`)],
    [
      'src/a.astro',
      `---\nimport { FacebookAdsAgent } ${FROM};\n---\n<p>{await new FacebookAdsAgent().all()}</p>\n`,
    ],
    ['src/a.svelte', `${component(`import Ads ${FROM};`)}{#await new Ads().all()}{/await}\n`],
    [
      'src/a.vue',
      `<script setup lang="tsx">\nimport Ads ${FROM};\nconst a = <b>{new Ads()}</b>;\n</script>\n`,
    ],
  ]),
)('a builder in %s is seen: %s', async (file, text) => {
  expect(await exitOf(file, text)).toBe(1);
});

const OF_BARREL = "from './client/index.ts'";
const exitBehind = async (barrel: string, file: string, text: string) => {
  const head = "import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';\n";
  const files = { ...GROUND, 'src/api/a.ts': NEW_WAY, 'MIGRATION.md': '- [x] `src/api/a.ts`\n' };
  const tree = new Tree({ ...files, 'src/client/index.ts': head + barrel, [file]: text });
  return (await check(tree)).exitCode;
};
const RENAMED = 'export { FacebookAdsAgent as Client };\n';

test.each(
  someOf([
    [RENAMED, 'src/a.svelte', component(`import { Client } ${OF_BARREL};\nconst a = new Client();`)],
    [RENAMED, 'src/a.vue', component(`import { Client as Own } ${OF_BARREL};\nconst a = new Own();`)],
    [RENAMED, 'src/a.vue', component("import * as lib from './client';\nconst a = new lib.Client();")],
    [RENAMED, 'src/a.vue', component("const { Client } = await import('./client');\nnew Client();")],
    [
      RENAMED,
      'src/a.astro',
      `---\nimport { Client } ${OF_BARREL};\n---\n<p>{await new Client().all()}</p>\n`,
    ],
    [
      'export default FacebookAdsAgent;\n',
      'src/a.vue',
      component(`import Own ${OF_BARREL};\nconst a = new Own();`),
    ],
    [
      'export const Client = FacebookAdsAgent;\n',
      'src/a.svelte',
      component(`import { Client } ${OF_BARREL};\nconst a = new Client();`),
    ],
    [
      'export class Client extends FacebookAdsAgent {}\n',
      'src/a.svelte',
      component(`import { Client } ${OF_BARREL};\nconst a = new Client();`),
    ],
  ]),
)('a class by another name is seen: %s %s %s', async (barrel, file, text) => {
  expect(await exitBehind(barrel, file, text)).toBe(1);
});

test.each([
  [RENAMED, 'src/a.svelte', component(`import type { Client } ${OF_BARREL};\nlet a: Client = new Map();`)],
  [
    'export { FacebookAdsAgent as Ads };\nexport class Client {}\n',
    'src/a.vue',
    component(`import { Client } ${OF_BARREL};\nconst a = new Client();`),
  ],
  [
    'export { FacebookAdsAgent as Ads };\nexport const VERSION = 1;\n',
    'src/a.vue',
    component(`import * as lib ${OF_BARREL};\nconst a = new Map([[lib.VERSION, 1]]);`),
  ],
])('and others of its module are not taken for it: %s %s %s', async (barrel, file, text) => {
  expect(await exitBehind(barrel, file, text)).toBe(0);
});

test.each(
  someOf([
    ['src/a.vue', `<template><p>new FacebookAdsAgent()</p></template>\n${component('const a = 1;')}`],
    ['src/a.vue', component('// was: new FacebookAdsAgent()\nconst a = 1;')],
    ['src/a.vue', `${component(`import type Ads ${FROM};`)}<template><p>new Ads()</p></template>\n`],
    [
      'src/a.vue',
      component(`import type { FacebookAdsAgent } ${FROM};\nlet a: FacebookAdsAgent | undefined;`),
    ],
    [
      'src/a.vue',
      component(
        `import { FacebookAdsAgent } ${FROM};\nconst is = (a: unknown) => a instanceof FacebookAdsAgent;`,
      ),
    ],
    ['src/a.vue', component(`import { FacebookAdsAgent } ${FROM};\nconst v = FacebookAdsAgent.VERSION;`)],
    ['src/a.vue', component(`import type Ads ${FROM};\ndefineProps<{ ads: Ads }>();`)],
    ['src/a.vue', component(`import * as ads ${FROM};\nconst v = ads.VERSION;`)],
    ['src/a.vue', component(`const { VERSION } = await import(${FROM.slice(5)});`)],
    ['bin/job', '#!/bin/sh\necho "new FacebookAdsAgent() is gone"\n'],
    ['.github/workflows/job.yml', 'name: no more new FacebookAdsAgent()\n'],
    ['fly.toml', 'title = "new FacebookAdsAgent()"\n'],
  ]),
)('nothing is built in %s: %s', async (file, text) => {
  expect(await exitOf(file, text)).toBe(0);
});

test('a test that production code imports is seen to have the class by another name', async () => {
  const tree = new Tree({
    ...GROUND,
    'src/api/a.ts': NEW_WAY,
    'src/api/orders.spec.ts': `import Ads from '../agents/facebook-ads-agent.ts';\nexport const make = () => new Ads();\n`,
    'src/api/b.ts': "import { make } from './orders.spec.ts';\nexport const b = () => make();\n",
    'MIGRATION.md': '- [x] `src/api/a.ts`\n',
  });
  const { exitCode, stdout } = await check(tree);
  expect(stdout).toContain('has FacebookAdsAgent by another name and was not read');
  expect(exitCode).toBe(1);
});

test.each(['Apague', 'Apagar', 'Remova', 'Exclua', 'Delete', 'Elimine'])(
  '%s asks for a file to be gone',
  async (verb) => {
    const guide = { 'MIGRATION.md': `- [x] \`src/api/a.ts\`\n- [x] ${verb} \`src/old.ts\`\n` };
    const files = { ...GROUND, 'src/api/a.ts': NEW_WAY, ...guide };
    expect((await check(new Tree(files))).exitCode).toBe(0);
    expect((await check(new Tree({ ...files, 'src/old.ts': 'export const a = 1;\n' }))).exitCode).toBe(1);
  },
);
