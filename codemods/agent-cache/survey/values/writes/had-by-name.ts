import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../../source/kept-with.ts';
import type { Reading } from '../../../migration.ts';
import { bindingOf, usesOfDeclared } from '../../code/bindings.ts';
import { definitionOf } from '../../code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';
import { programsMentioning } from '../../code/opened-files.ts';
import type { FunctionPath } from '../../code/placement.ts';
import { withoutTypes, withTypes } from '../../code/wrappers.ts';
import { all, patternSteps } from './pattern-steps.ts';
import { partsByName } from './reads-of-field.ts';
import type { Asked, Outcome, Step } from './outcome.ts';
import { heldBy, SOME, type Way } from './way.ts';

/** What is had anywhere in the tree by a name under which something was put where nothing tells who gets at it. */
export function hadByName(
  { name, isKey, holder, way }: Step & { kind: 'named' },
  { leaf, source }: Asked,
): Outcome {
  const found: Outcome[] = [];
  for (const program of programsMentioning(name, source)) {
    for (const each of partsByName(program).get(name) ?? []) found.push(partSteps(each, way, leaf));
    if (!isKey) continue;
    for (const param of paramsNamed(program, name)) found.push(patternSteps(param, way, leaf));
    for (const text of textsIn(program, name)) found.push(keySteps(text, way, { leaf, source }));
  }
  if (holder !== undefined) found.push(walkedSteps(holder, way, source));
  return all(found, (each) => each);
}

function partSteps(part: NodePath, way: Way, leaf: Asked['leaf']): Outcome {
  if (!isMember(part)) return patternSteps(part, way, leaf);
  return isWritten(part) ? [] : [{ kind: 'value', at: part, way }];
}

/** Who is called with a key, or listens for one, gets what is there: `container.get('settings')`, `@Inject('settings')`. */
function keySteps(text: NodePath, way: Way, asked: Asked): Outcome {
  const { parentPath: call } = withTypes(text);
  // By another name for it, nobody would find who asks for it.
  if (call && NAMES.test(call.type) && text.key !== 'key') return isProvided(call) ? [] : 'untold';
  if (!call?.isCallExpression() || text.listKey !== 'arguments') return [];
  const { parentPath: decorator } = call;
  if (decorator.isDecorator()) return decoratedSteps(decorator.parentPath as NodePath, way, asked);
  const others = (call.get('arguments') as NodePath[]).filter((each) => each.key !== text.key);
  const taking = all(others, (each) => callbackSteps(each, way, asked));
  return typeof taking === 'string' ? taking : [...taking, { kind: 'value', at: call, way }];
}

const NAMES =
  /^(VariableDeclarator|ObjectProperty|AssignmentExpression|ArrayExpression|TSEnumMember|ClassProperty|ReturnStatement|ConditionalExpression|LogicalExpression)$/;

/** `{ provide: 'settings', … }` */
function isProvided(property: NodePath): boolean {
  return property.isObjectProperty() && /^(provide|token)$/.test(keyName(property.node) ?? '');
}

function callbackSteps(given: NodePath, way: Way, { leaf, source }: Asked): Outcome {
  const is = definitionOf(withoutTypes(given), source);
  if (is?.kind !== 'function') return [];
  return all(is.path.get('params') as NodePath[], (param) => patternSteps(param, way, leaf));
}

function decoratedSteps(decorated: NodePath, way: Way, { leaf }: Asked): Outcome {
  const owner = decorated.parentPath?.parentPath;
  if (decorated.isClassProperty() && owner?.isClass()) {
    const name = propertyOf(decorated.node);
    return name === undefined ? 'untold' : [{ kind: 'field', owner, name, way }];
  }
  const isParam = decorated.listKey === 'params';
  return isParam ? patternSteps(decorated, way, leaf) : 'untold';
}

function propertyOf({ key }: t.ClassProperty): string | undefined {
  return key.type === 'Identifier' ? key.name : undefined;
}

function paramsNamed(program: NodePath<t.Program>, name: string): readonly NodePath[] {
  return keptWith(program, `params ${name}`, () => {
    const found: NodePath[] = [];
    program.traverse({
      Function(fn) {
        for (const param of (fn as FunctionPath).get('params') as NodePath[]) {
          const { node } = param;
          const own = node.type === 'TSParameterProperty' ? node.parameter : node;
          if (own.type === 'Identifier' && own.name === name) found.push(param);
        }
      },
    });
    return found;
  });
}

function textsIn(program: NodePath<t.Program>, name: string): readonly NodePath[] {
  return keptWith(program, `texts ${name}`, () => {
    const found: NodePath[] = [];
    program.traverse({
      StringLiteral: (text) => void (text.node.value === name && found.push(text)),
      TemplateElement: ({ node, parentPath }) =>
        void (node.value.raw === name && parentPath && found.push(parentPath)),
    });
    return found;
  });
}

/** What code has that walks through all of a holder by other names: `Object.values(app.locals)`, `app.locals[key]`. */
function walkedSteps(holder: string, way: Way, source: Reading): Step[] {
  const found: Step[] = [];
  for (const program of programsMentioning(holder, source))
    for (const each of holdersNamed(program, holder)) {
      const { parentPath: parent, key, listKey } = withTypes(each);
      if (!parent) continue;
      if (isMember(parent) && key === 'object' && propertyName(parent.node) === undefined)
        found.push({ kind: 'value', at: parent, way });
      const callee = listKey === 'arguments' && parent.isCallExpression() ? parent.get('callee') : undefined;
      const called = callee?.isMemberExpression() ? propertyName(callee.node) : undefined;
      const held = heldBy(way, SOME);
      if (called === 'values') found.push({ kind: 'value', at: parent, way: held });
      if (called === 'entries') found.push({ kind: 'value', at: parent, way: heldBy(held, SOME) });
    }
  return found;
}

/** Where a file has something that goes by a name: a member, a variable, and what these are put into. */
function holdersNamed(program: NodePath<t.Program>, name: string): readonly NodePath[] {
  return keptWith(program, `holders named ${name}`, () => {
    const found: NodePath[] = [...(partsByName(program).get(name) ?? [])];
    program.traverse({
      Identifier: (path) =>
        void (path.node.name === name && path.isReferencedIdentifier() && found.push(path)),
    });
    return found.flatMap((each) => [each, ...usesOfDeclared(withTypes(each)), ...usesOfPart(each)]);
  });
}

function usesOfPart(part: NodePath): readonly NodePath[] {
  return part.isIdentifier() && part.parentPath.isObjectProperty()
    ? (bindingOf(part)?.referencePaths ?? [])
    : [];
}
