import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** From the ground up: a part may import parts of lower floors, and its own folder. */
const FLOORS = [
  ['errors', 'config', 'domain'],
  ['observability', 'resilience', 'analytics', 'automation'],
  ['middleware', 'stores', 'integrations', 'agents'],
  ['utils'],
  ['redis'],
  ['tasks'],
  ['api'],
  ['context'],
  ['app'],
  ['server'],
  ['worker'],
];

/** Parts that see less than their floor would allow. */
const NARROW: Record<string, string[]> = {
  domain: [],
  resilience: [],
  errors: [],
  config: [],
  analytics: ['domain'],
  automation: ['domain'],
  middleware: ['errors', 'observability'],
};

/** The codemod from the ground up: a folder imports those before it. */
const CODEMOD_FLOORS = ['source', 'files', 'survey', 'flow', 'judge', 'settle', 'edit'];

/** What every floor of the codemod speaks of, and what puts the floors together. */
const CODEMOD_WORDS = ['migration.ts', 'options.ts', 'project.ts', 'reasons', 'report.ts', 'result.ts'];
const CODEMOD_RUN = ['migrate-tree.ts', 'project-around.ts', 'run-passes.ts', 'run.ts', 'transform.ts'];

/** The folders inside of a floor, from the ground up; the floor's own files come after them. */
const INSIDE: Record<string, string[]> = {
  survey: ['code', 'values', 'functions', 'modules', 'factories'],
  flow: ['interpreter', 'effects', 'failures', 'fates'],
  judge: ['rules', 'promotion', 'builders', 'plans', 'passed-factories'],
  edit: ['text', 'forms'],
};

/** The tools and what shows the service, from the ground up. */
const SCRIPT_FLOORS = [
  ['cli', 'docs', 'demo', 'token', 'build'],
  ['codemod', 'eyes', 'fleet'],
  ['checklist', 'init'],
  ['agent-cache'],
  ['prove', 'dev', 'bench', 'mutants', 'graph-check'],
];

const floorOf = (part: string) => FLOORS.findIndex((floor) => floor.includes(part));

interface Import {
  file: string;
  target: string;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/__fixtures__|node_modules/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(folder: string): Import[] {
  return filesIn(folder).flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const specifiers = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g);
    return [...specifiers].map(([, specifier = '']) => ({
      file,
      target: normalize(join(dirname(file), specifier)),
    }));
  });
}

const partOf = (path: string) => path.replace(/^api\/src\//, '').split(/[/.]/)[0] ?? '';

/** The files of every circle of imports, found as Tarjan does. */
function circlesIn(roots: readonly string[]): string[][] {
  const targets = new Map<string, Import[]>();
  for (const each of roots.flatMap(importsOf))
    targets.set(each.file, [...(targets.get(each.file) ?? []), each]);
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    let low = order.size;
    order.set(file, low);
    open.push(file);
    for (const { target } of targets.get(file) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    if (low === order.get(file)) {
      const members = open.splice(open.indexOf(file));
      if (members.length > 1) circles.push(members);
    }
    return low;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return circles;
}

describe('imports', () => {
  const inside = importsOf('api/src').filter(({ file, target }) => partOf(file) !== partOf(target));

  test('the API has some, so that the rules below are about something', () => {
    expect(inside.length).toBeGreaterThan(50);
  });

  test('are judged in every part of the API', () => {
    const parts = readdirSync('api/src').map(partOf);
    expect(parts.filter((part) => floorOf(part) === -1)).toEqual([]);
  });

  test('go one way inside the API, floor by floor', () => {
    const upward = inside.filter(({ file, target }) => floorOf(partOf(target)) >= floorOf(partOf(file)));
    expect(upward).toEqual([]);
  });

  test('stay narrow where a part is meant to know little', () => {
    const wide = inside.filter(
      ({ file, target }) => NARROW[partOf(file)]?.includes(partOf(target)) === false,
    );
    expect(wide).toEqual([]);
  });

  test('of the API stay in the API', () => {
    const outside = importsOf('api/src').filter(({ target }) => !target.startsWith('api/src/'));
    expect(outside).toEqual([]);
  });

  test('never lead from the codemod to anything else of the project', () => {
    const outside = importsOf('codemods').filter(({ target }) => !target.startsWith('codemods/'));
    expect(outside).toEqual([]);
  });

  test('go one way inside the codemod, floor by floor', () => {
    const root = 'codemods/agent-cache';
    const rank = (path: string): number => {
      const [floor = ''] = path.slice(root.length + 1).split('/');
      if (CODEMOD_WORDS.includes(floor)) return 0;
      return CODEMOD_RUN.includes(floor) ? CODEMOD_FLOORS.length : CODEMOD_FLOORS.indexOf(floor);
    };
    const names = new Set(filesIn(root).map((file) => file.slice(root.length + 1).split('/')[0] ?? ''));
    expect([...names].sort()).toEqual([...CODEMOD_FLOORS, ...CODEMOD_WORDS, ...CODEMOD_RUN].sort());
    const own = importsOf(root);
    expect(own.length).toBeGreaterThan(200);
    expect(own.filter(({ file, target }) => rank(target) > rank(file))).toEqual([]);
  });

  test.each(Object.entries(INSIDE))('go one way inside %s of the codemod', (floor, folders) => {
    const root = `codemods/agent-cache/${floor}`;
    const rank = (path: string): number => {
      const index = folders.indexOf(path.slice(root.length + 1).split('/')[0] ?? '');
      return index === -1 ? folders.length : index;
    };
    const inner = filesIn(root).map((file) => file.slice(root.length + 1).split('/'));
    const names = inner.flatMap(([first = '', ...rest]) => (rest.length > 0 ? [first] : []));
    expect([...new Set(names)].sort()).toEqual([...folders].sort());
    const own = importsOf(root).filter(({ target }) => target.startsWith(`${root}/`));
    expect(own.filter(({ file, target }) => rank(target) > rank(file))).toEqual([]);
  });

  test('are by floors that CONTRIBUTING.md draws', () => {
    const drawing = readFileSync('CONTRIBUTING.md', 'utf8');
    expect(drawing).toContain(['run', ...CODEMOD_FLOORS.toReversed()].join(' → '));
    for (const folders of Object.values(INSIDE)) expect(drawing).toContain(folders.toReversed().join(' → '));
    const parts = drawing.match(/^worker → [^`]*/m)?.[0].match(/[\w-]+/g) ?? [];
    expect(parts.filter((part) => part !== 'the' && part !== 'cache').length).toBeGreaterThan(15);
    const tools = [['prove'], ['agent-cache'], ['checklist', 'init'], ['codemod'], ['cli']];
    expect(drawing).toContain(tools.map((floor) => floor.join(', ')).join(' → '));
    const ranks = parts.flatMap((part) => (floorOf(part) === -1 ? [] : [floorOf(part)]));
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  });

  test('never go in a circle, types included', () => {
    expect(circlesIn(['api', 'codemods', 'scripts', 'test'])).toEqual([]);
  });

  test('go one way inside the scripts, tool by tool', () => {
    const toolOf = (file: string) => file.split('/')[1] ?? '';
    const rank = (file: string) => SCRIPT_FLOORS.findIndex((floor) => floor.includes(toolOf(file)));
    const inner = importsOf('scripts').filter(
      ({ file, target }) => /^scripts\/[^/]+\//.test(file) && target.startsWith('scripts/'),
    );
    expect(inner.filter(({ file }) => rank(file) === -1)).toEqual([]);
    const across = inner.filter(({ file, target }) => toolOf(file) !== toolOf(target));
    expect(across.length).toBeGreaterThan(50);
    expect(across.filter(({ file, target }) => rank(target) >= rank(file))).toEqual([]);
  });

  test('lead from scripts to the API only where the API is the subject', () => {
    const subject =
      /^scripts\/(bench|codemod\/write-shapes|demo|dev|docs|eyes|fleet|graph-check|mutants|token)\b/;
    const outside = importsOf('scripts').filter(({ target }) => /^(api|test)\//.test(target));
    expect(outside.filter(({ file }) => !subject.test(file))).toEqual([]);
  });
});
