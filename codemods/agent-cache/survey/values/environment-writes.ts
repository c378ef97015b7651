import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { keptWith } from '../../source/kept-with.ts';
import { OncePerProject } from '../code/once-per-project.ts';
import { bindingOf } from '../code/bindings.ts';
import { isMember, isWritten, propertyName } from '../code/members.ts';
import { programOfFile } from '../code/opened-files.ts';
import { requiredModule } from '../code/required-module.ts';
import { withoutTypes } from '../code/wrappers.ts';
import type { Reading } from '../../migration.ts';
import { writesToEnvironment } from './written-values.ts';
import { SOME } from './writes/way.ts';

/** Stands for a variable whose name only shows when the code runs. */
const ANY_NAME = '*';

const PROCESS_MODULE = /^(node:)?process$/;
/** How a text looks that does more with the environment than to read variables by their names. */
const HANDS_ON =
  /\bprocess\b(?!\s*(?:\?\.|!?\.)\s*[A-Za-z])|\benv\b(?!\s*(?:\?\.|!?\.)\s*[A-Za-z])|['"](?:node:)?process['"]/;

const known = new OncePerProject<boolean>();

/**
 * Whether the tree writes to a variable of the environment, by whatever way, so that it is not the same at all times.
 * What does so by a name that only a run tells while files load has done it before a request.
 */
export function isAssigned(variable: string, source: Reading): boolean {
  const { project, path } = source;
  if (!project) return isWrittenIn(source.program, variable, source);
  const place = `${project.packageRootOf(path) ?? path}\n${variable}`;
  return known.of(project, place, () =>
    [path, ...project.filesMentioning(path, 'process')].some((file) => {
      const text = project.read(file) ?? '';
      if (!text.includes(variable) && !HANDS_ON.test(text)) return false;
      const program = programOfFile(file, source);
      return program !== undefined && isWrittenIn(program, variable, source);
    }),
  );
}

function isWrittenIn(program: NodePath<t.Program>, variable: string, source: Reading): boolean {
  const name = variable === ANY_NAME ? SOME : variable;
  return environmentsIn(program).some(({ at, isProcess }) =>
    writesToEnvironment(at, isProcess ? ['env', name] : [name], source),
  );
}

interface Environment {
  at: NodePath;
  /** It is the process, which has the environment. */
  isProcess: boolean;
}

/** The expressions of a file that stand for the environment, or for the process that has it. */
function environmentsIn(program: NodePath<t.Program>): readonly Environment[] {
  return keptWith(program, 'environments', () => {
    const found: Environment[] = [];
    const note = (process: NodePath) => {
      const { parentPath: member } = process;
      const name = isMember(member) && process.key === 'object' ? propertyName(member.node) : undefined;
      if (name === 'env' && member && !isWritten(member)) found.push({ at: member, isProcess: false });
      else if (!isMember(member) || name === undefined || name === 'env')
        found.push({ at: process, isProcess: true });
    };
    program.traverse({
      Identifier(name) {
        if (name.node.name === 'process' && name.isReferencedIdentifier() && !bindingOf(name)) note(name);
      },
      'MemberExpression|OptionalMemberExpression'(path: NodePath) {
        if (
          isMember(path) &&
          propertyName(path.node) === 'process' &&
          isGlobal(path.get('object') as NodePath)
        )
          note(path);
      },
      CallExpression(call) {
        const required = requiredModule(call.node);
        if (required && PROCESS_MODULE.test(required.module.value)) note(call);
      },
      ImportDeclaration(statement) {
        if (!PROCESS_MODULE.test(statement.node.source.value)) return;
        for (const each of statement.get('specifiers')) {
          const isEnvironment = each.isImportSpecifier() && nameOf(each.node.imported) === 'env';
          for (const use of each.scope.getBinding(each.node.local.name)?.referencePaths ?? [])
            if (isEnvironment) found.push({ at: use, isProcess: false });
            else if (!each.isImportSpecifier() || nameOf(each.node.imported) === 'default') note(use);
        }
      },
    });
    return found;
  });
}

function isGlobal(path: NodePath): boolean {
  const value = withoutTypes(path);
  return value.isIdentifier() && /^(globalThis|global)$/.test(value.node.name) && !bindingOf(value);
}

function nameOf(imported: t.Identifier | t.StringLiteral): string {
  return imported.type === 'Identifier' ? imported.name : imported.value;
}
