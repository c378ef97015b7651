import { statusOf } from './support/status-of-route.ts';

/** A service that sets its own state in the call that reads it, and what else builds one. */
const SERVICE = `import { FacebookAdsAgent } from './agents/facebook-ads-agent.js';

export class Service {
  private id = '';
  async at(id: string) {
    this.id = id;
    const agent = new FacebookAdsAgent();
    return await agent.getCampaigns(this.id);
  }
}
`;
const statusBeside = (main: string, service = SERVICE) =>
  statusOf({
    files: {
      'src/routes.ts': service,
      'src/main.ts': `import { Router } from 'express';\n${main}\nexport const router = Router();
router.get('/:id', async (req, res) => void res.json(await answer(req.params.id)));\n`,
    },
  });
const IMPORT = "import { Service } from './routes.js';";
const NAMESPACE = "import * as services from './routes.js';";

test.each<[string, string, string?]>([
  ['that its function calls once', `${IMPORT} const answer = (id: string) => new Service().at(id);`],
  [
    'that is kept in a variable for one call',
    `${IMPORT} const answer = async (id: string) => { const own = new Service(); return await own.at(id); };`,
  ],
  [
    'whose method waits for another of its own',
    `${IMPORT} const answer = (id: string) => new Service().first(id);`,
    SERVICE.replace(
      "private id = '';",
      "private id = ''; async first(id: string) { return await this.at(id); }",
    ),
  ],
])('the state of an object %s is that of its call', async (...[, main, service]) => {
  expect(await statusBeside(main, service)).toBe('migrated');
});

test.each([
  [
    'that is built through a namespace',
    `${NAMESPACE} const shared = new services.Service(); const answer = (id: string) => shared.at(id);`,
  ],
  [
    'that is built through a namespace beside one of a call',
    `${NAMESPACE} ${IMPORT} const shared = new services.Service(); export const other = (id: string) => new Service().at(id); const answer = (id: string) => shared.at(id);`,
  ],
  [
    'that all calls share',
    `${IMPORT} const shared = new Service(); const answer = (id: string) => shared.at(id);`,
  ],
  [
    'that is called twice',
    `${IMPORT} const answer = async (id: string) => { const own = new Service(); await own.at('1'); return await own.at(id); };`,
  ],
  [
    'that is called by any name',
    `${IMPORT} const answer = async (id: string) => { const own: any = new Service(); await own[id](id); return await own.at(id); };`,
  ],
])('the state of an object %s may be that of another', async (_name, main) => {
  expect(await statusBeside(main)).toBe('manual');
});

const KEPT =
  "import { Kept } from './routes.js'; const shared = new Kept(); const answer = (id: string) => shared.at(id);";
const ONCE = 'export const once = (id: string) => new Service().at(id);\n';

test.each([
  ['is exported by another name, too', KEPT, `${SERVICE}${ONCE}export { Service as Kept };\n`],
  [
    'is the default export, too',
    "import Kept from './routes.js'; const shared = new Kept(); const answer = (id: string) => shared.at(id);",
    `${SERVICE}${ONCE}`.replace('export class', 'export default class'),
  ],
  [
    'is built by its name in a text',
    `${NAMESPACE} const shared = new services['Service'](); const answer = (id: string) => shared.at(id);`,
    `${SERVICE}${ONCE}`,
  ],
  [
    'puts itself into a list',
    `${IMPORT} const answer = (id: string) => new Service().at(id);`,
    SERVICE.replace("private id = '';", "private id = ''; constructor() { kept.push(this); }").replace(
      'export class',
      'const kept: unknown[] = [];\nexport class',
    ),
  ],
  [
    'calls the method several times at once',
    `${IMPORT} const answer = (id: string) => new Service().all([id, '2']);`,
    SERVICE.replace(
      "private id = '';",
      "private id = ''; all(ids: string[]) { return Promise.all(ids.map((id) => this.at(id))); }",
    ),
  ],
])('the state of an object whose class %s may be that of another', async (_name, main, service) => {
  expect(await statusBeside(main, service)).toBe('manual');
});
