import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** From the ground up: a part may import parts of lower floors, and its own folder. */
const FLOORS = [
  ['errors', 'config', 'domain'],
  ['observability', 'analytics', 'automation'],
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
  errors: [],
  config: [],
  analytics: ['domain'],
  automation: ['domain'],
  middleware: ['errors', 'observability'],
};

/** What the codemod asks of the code, from plain questions up to the plans that follow from the answers. */
const QUESTIONS = [
  'code',
  'functions',
  'modules',
  'agent',
  'cache',
  'flow',
  'failures',
  'factories',
  'promotion',
  'builders',
  'plans',
  'passed-factories',
  'report',
];

const floorOf = (part: string) => FLOORS.findIndex((floor) => floor.includes(part));

interface Import {
  file: string;
  target: string;
}

function importsOf(folder: string): Import[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts') && !name.includes('__fixtures__'));
  return files.flatMap((name) => {
    const file = join(folder, name);
    const source = readFileSync(file, 'utf8');
    const specifiers = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g);
    return [...specifiers].map(([, specifier = '']) => ({
      file,
      target: normalize(join(dirname(file), specifier)),
    }));
  });
}

const partOf = (path: string) => path.replace(/^api\/src\//, '').split(/[/.]/)[0] ?? '';

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

  test('go one way inside the questions of the codemod', () => {
    const folder = 'codemods/agent-cache/analysis';
    const rank = (path: string) => QUESTIONS.indexOf(path.slice(folder.length + 1).split('/')[0] ?? '');
    expect(readdirSync(folder).sort()).toEqual([...QUESTIONS].sort());
    const own = importsOf(folder).filter(({ target }) => target.startsWith(folder));
    expect(own.length).toBeGreaterThan(50);
    expect(own.filter(({ file, target }) => rank(target) > rank(file))).toEqual([]);
  });

  test('lead from scripts to the API only where the API is the subject', () => {
    const subject = /^scripts\/(bench|demo|dev|fleet|mutants|token)\b/;
    const outside = importsOf('scripts').filter(({ target }) => /^(api|test)\//.test(target));
    expect(outside.filter(({ file }) => !subject.test(file))).toEqual([]);
  });
});
