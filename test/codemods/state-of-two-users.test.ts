import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import { fileProject } from '../../codemods/agent-cache/files/file-project.ts';
import { effectsOfClass } from '../../codemods/agent-cache/flow/interpreter/agent-effects.ts';
import { DEFAULT_OPTIONS } from '../../codemods/agent-cache/options.ts';
import fc from '../support/fast-check.ts';
import { temporaryTree } from './support/temporary-tree.ts';
import { depth } from '../support/depth.ts';

/** Statements that leave something in the instance, or meet what others left there. */
const LEAVING = [
  'this.text = given;',
  'this.deep.held.text = given;',
  'const self = this; self.text = given;',
  'const { deep } = this; deep.held.text = given;',
  'Object.assign(this, { text: given });',
  '[this.text] = [given];',
  'this.list.push(given);',
  'this.map.set(given, 1);',
  'await Promise.resolve(given).then((found) => { this.text = found; });',
  '[given].forEach(function (each) { this.text = each; }, this);',
  'this.keep(given);',
  'this.text += given;',
  'this.count += 1; out.push(this.count);',
  'if (this.busy) return ["busy"]; this.busy = true; await tick(); this.busy = false;',
  'for (const each of ["x", "y"]) { this.text = each; await tick(); out.push(this.text); }',
];

const MEETING = [
  'out.push(this.text);',
  'out.push(this.deep.held.text);',
  'out.push(this.list.join());',
  'out.push([...this.map.keys()].join());',
  'out.push(this.count);',
  'out.push(this.calls);',
];

/** Statements that leave nothing that anybody meets. */
const HARMLESS = [
  'out.push(given);',
  'await tick();',
  'const local = { given }; local.more = given; out.push(local.more);',
  'const copy = [...this.fixed]; copy.push(given); out.push(copy.join());',
  'const seen = new Map(); seen.set(given, 1); out.push(seen.size);',
  'this.calls++;',
  'out.push((this.memo ??= this.fixed.join()));',
  'if (!this.client) { await tick(); this.client = { get: (id) => id }; } out.push(this.client.get(given));',
  'const connection = this.idle.pop() ?? (await connect()); out.push(await connection.get(given)); this.idle.push(connection);',
  'out.push(JSON.stringify({ ...this.deep, given }));',
];

const BESIDE = `async function tick() { await null; }
class Connection { async get(id) { await tick(); return id; } }
async function connect() { await tick(); return new Connection(); }
`;

interface Agent {
  [method: string]: (given: string) => Promise<unknown[]>;
}

const block = (statements: readonly string[]) => statements.map((each) => `    { ${each} }`).join('\n');

function classOf(methods: readonly (readonly string[])[]): string {
  const written = methods.map(
    (statements, index) =>
      `  async m${index}(given) {\n    const out = [];\n${block(statements)}\n    return out;\n  }`,
  );
  return `${BESIDE}export class Agent {
  text = ''; deep = { held: { text: '' } }; list = []; map = new Map(); fixed = ['a', 'b'];
  count = 0; calls = 0; busy = false; memo; client; idle = [];
${written.join('\n')}
  keep(given) { this.text = given; }
}
`;
}

const tree = temporaryTree({ 'package.json': '{ "type": "module" }' });
afterAll(() => tree.remove());
let files = 0;

/** The methods that an agent which others share may be asked for. */
function sharedMethods(source: string, count: number): string[] {
  const file = path.join(tree.root, `agent-${++files}.js`);
  writeFileSync(file, source);
  const effects = effectsOfClass(file, 'Agent', fileProject(DEFAULT_OPTIONS));
  if (!effects?.complete) throw new Error(`Not understood:\n${source}`);
  const names = Array.from({ length: count }, (_, index) => `m${index}`);
  return names.filter((name) => effects.has(name) && effects.of(name) === undefined);
}

function build(source: string): () => Agent {
  const made = runInThisContext(`(() => {
${source.replace('export class', 'class')}
return () => new Agent();
})`) as () => () => Agent;
  return made();
}

/** What a user who calls some methods one after the other is answered. */
async function answersTo(user: string, calls: readonly string[], agent: Agent): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const [index, name] of calls.entries()) answers.push(await agent[name]?.(`${user}${index}`));
  return answers;
}

const methods = (statements: readonly string[]) =>
  fc.array(fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  });
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });

test('no answer to one user holds what another sent, whatever the class does', async () => {
  await fc.assert(
    fc.asyncProperty(
      methods([...LEAVING, ...MEETING, ...HARMLESS]),
      picks,
      picks,
      async (all, one, other) => {
        const source = classOf(all);
        const shared = sharedMethods(source, all.length);
        fc.pre(shared.length > 0);
        const callsOf = (picked: readonly number[]) =>
          picked.map((each) => shared[each % shared.length] ?? '');
        const make = build(source);
        const agent = make();
        const together = await Promise.all([
          answersTo('alice', callsOf(one), agent),
          answersTo('bob', callsOf(other), agent),
        ]);
        const alone = [
          await answersTo('alice', callsOf(one), make()),
          await answersTo('bob', callsOf(other), make()),
        ];
        expect(together).toEqual(alone);
        // Who comes later meets nothing of them either.
        expect(await answersTo('carol', callsOf(one), agent)).toEqual(
          await answersTo('carol', callsOf(one), make()),
        );
      },
    ),
    { numRuns: depth(80, 20) },
  );
});

test('a class that leaves nothing to be met may be shared as a whole', () => {
  fc.assert(
    fc.property(methods(HARMLESS), (all) => {
      expect(sharedMethods(classOf(all), all.length)).toHaveLength(all.length);
    }),
    { numRuns: depth(30, 10) },
  );
});

test.each(LEAVING)('%s is seen', (statement) => {
  expect(sharedMethods(classOf([[statement], ['await tick();']]), 2)).toEqual(['m1']);
});
