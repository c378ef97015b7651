import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import { classChain } from '../../code/class-chain.ts';
import type { Definition } from '../../code/definitions.ts';
import { isMember, isWritten, keyName, propertyName } from '../../code/members.ts';

/**
 * The setters of an object or a class, or of the class of an instance, that may write to a member of it: by themselves, or
 * by what they call or give the object to. Those of the classes above count as well.
 */
export function settersOf(is: Definition, name: string | undefined, source: Reading): string[] {
  const names: string[] = [];
  for (const path of partsOf(is, source))
    path.traverse({
      Method(method: NodePath<t.Method>) {
        const { node } = method;
        const isOfClass = 'static' in node && node.static === true;
        if (node.kind !== 'set' || isOfClass !== (is.kind === 'class')) return;
        const setter = keyName(node);
        if (setter !== undefined && thisIn(method).some((self) => mayWrite(self, name))) names.push(setter);
      },
    });
  return names;
}

/** Where the code of a value, and of the classes above it, speaks of the value itself. */
export function selvesOf(is: Definition, source: Reading): NodePath[] {
  return partsOf(is, source).flatMap(thisIn);
}

function partsOf({ kind, path }: Definition, source: Reading): readonly NodePath[] {
  if (kind === 'module' || kind === 'function') return [];
  return path.isClass() ? classChain(path, source) : [path];
}

function thisIn(path: NodePath): NodePath[] {
  const found: NodePath[] = [];
  path.traverse({ ThisExpression: (self) => void found.push(self) });
  return found;
}

/** What is done with `this`: it writes to the member, is given to others, or a method of its own is called. */
function mayWrite({ parentPath: member }: NodePath, name: string | undefined): boolean {
  if (!isMember(member)) return true;
  const property = propertyName(member.node);
  return isWritten(member) ? property === undefined || property === name : member.key === 'callee';
}
