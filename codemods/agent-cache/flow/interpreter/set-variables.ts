import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Project } from '../../project.ts';
import { namespacesIn } from '../../source/namespaces.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { isFixed } from '../../survey/values/fixed-values.ts';
import { keptWith } from '../../source/kept-with.ts';
import { programOf, readingOf } from './reading-of.ts';

const writes = new OncePerProject<readonly number[]>();

/** Where a file sets one of its own variables, other than where it declares it. */
export function writesOfVariable(name: string, file: string, project: Project): readonly number[] {
  return writes.of(project, `${file} ${name}`, () => {
    const program = programOf(file, project);
    const own = program?.scope.getBinding(name)?.constantViolations ?? [];
    const violations = [
      ...own,
      ...(program ? setByClosures(name, program) : []),
      ...evaluationsIn(file, project).filter(({ scope }) => scope.getBinding(name)?.scope.path.isProgram()),
    ];
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

/**
 * Where functions of a file run what is no constant text, as code that sees the variables of the file: by another name
 * `eval` sees only what is global.
 */
export function evaluationsIn(file: string, project: Project): readonly NodePath<t.CallExpression>[] {
  const source = /\beval\s*(?:\?\.\s*)?\(/.test(project.read(file) ?? '')
    ? readingOf(file, project)
    : undefined;
  if (!source) return [];
  return keptWith(source.program, 'evaluations', () => {
    const found: NodePath<t.CallExpression>[] = [];
    source.program.traverse({
      CallExpression(call) {
        const isDirect =
          call.get('callee').isIdentifier({ name: 'eval' }) && !call.scope.hasBinding('eval', true);
        const [text] = call.get('arguments') as NodePath[];
        if (isDirect && text && call.getFunctionParent() && !isFixed(text, source)) found.push(call);
      },
    });
    return found;
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
