import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { namespacesIn } from '../../source/namespaces.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { programOf } from './reading-of.ts';

const writes = new OncePerProject<readonly number[]>();

/** Where a file sets one of its own variables, other than where it declares it. */
export function writesOfVariable(name: string, file: string, project: Project): readonly number[] {
  return writes.of(project, `${file} ${name}`, () => {
    const program = programOf(file, project);
    const own = program?.scope.getBinding(name)?.constantViolations ?? [];
    const violations = [...own, ...(program ? setByClosures(name, program) : [])];
    return violations.flatMap((each) => {
      const { node } = each;
      const target =
        node.type === 'AssignmentExpression'
          ? node.left
          : node.type === 'UpdateExpression'
            ? node.argument
            : node;
      return each.getFunctionParent() ? [target.start ?? 0] : [];
    });
  });
}

/** Where functions set a variable of a function around them, or of a namespace: who made them may be gone by then. */
function setByClosures(name: string, program: NodePath<t.Program>): NodePath[] {
  const found: NodePath[] = [];
  program.traverse({
    Scope({ scope }) {
      const binding = scope.getOwnBinding(name);
      const home = scope.getFunctionParent()?.block;
      for (const each of binding?.constantViolations ?? [])
        if (each.getFunctionParent()?.node !== home) found.push(each);
    },
  });
  return found;
}

/** The namespaces of a file that have an exported variable of a name. */
export function namespacesWith(name: string, file: string, project: Project): t.Node[] {
  return namespacesIn(programOf(file, project)?.get('body') ?? []).flatMap((each) =>
    (each.get('body') as NodePath).scope.hasOwnBinding(name) ? [each.node] : [],
  );
}
