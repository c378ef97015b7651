import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../../source/kept-with.ts';
import type { Reading } from '../../../migration.ts';
import { definitionOf } from '../../code/definitions.ts';
import { isMember, isWritten, propertyName } from '../../code/members.ts';
import { programsMentioning } from '../../code/opened-files.ts';
import type { FunctionPath } from '../../code/placement.ts';
import { withoutTypes, withTypes } from '../../code/wrappers.ts';
import { all, patternSteps } from './pattern-steps.ts';
import { partsByName } from './reads-of-field.ts';
import type { Asked, Outcome, Step } from './outcome.ts';
import type { Way } from './way.ts';

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
  if (holder !== undefined && isWalked(holder, source)) return 'untold';
  return all(found, (each) => each);
}

function partSteps(part: NodePath, way: Way, leaf: Asked['leaf']): Outcome {
  if (!isMember(part)) return patternSteps(part, way, leaf);
  return isWritten(part) ? [] : [{ kind: 'value', at: part, way }];
}

/** Who is called with a key, or listens for one, gets what is there: `container.get('settings')`, `@Inject('settings')`. */
function keySteps(text: NodePath, way: Way, asked: Asked): Outcome {
  const { parentPath: call } = withTypes(text);
  if (!call?.isCallExpression() || text.listKey !== 'arguments') return [];
  const { parentPath: decorator } = call;
  if (decorator.isDecorator()) return decoratedSteps(decorator.parentPath as NodePath, way, asked);
  const others = (call.get('arguments') as NodePath[]).filter((each) => each.key !== text.key);
  const taking = all(others, (each) => callbackSteps(each, way, asked));
  return typeof taking === 'string' ? taking : [...taking, { kind: 'value', at: call, way }];
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
    program.traverse({ StringLiteral: (text) => void (text.node.value === name && found.push(text)) });
    return found;
  });
}

const WALKS = /^(values|entries|fromEntries)$/;

/** Whether some code walks through all that is there by other names: `Object.values(app.locals)`, `app.locals[key]`. */
function isWalked(holder: string, source: Reading): boolean {
  for (const program of programsMentioning(holder, source))
    for (const each of partsByName(program).get(holder) ?? []) {
      const { parentPath: parent, key, listKey } = withTypes(each);
      if (isMember(parent) && key === 'object' && propertyName(parent.node) === undefined) return true;
      const callee = listKey === 'arguments' && parent?.isCallExpression() ? parent.get('callee') : undefined;
      if (
        callee &&
        isMember(callee as NodePath) &&
        WALKS.test(propertyName(callee.node as t.MemberExpression) ?? '')
      )
        return true;
    }
  return false;
}
