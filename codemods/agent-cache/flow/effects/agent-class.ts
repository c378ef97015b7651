import type * as t from '@babel/types';
import { MAX_HOPS } from '../../source/far.ts';
import type { Project } from '../../project.ts';
import { sourcesOf } from '../../source/sources.ts';
import { keyName } from '../../survey/code/members.ts';
import { requiredModule } from '../../survey/code/required-module.ts';
import { writtenName } from '../../survey/code/written-name.ts';

/** The agent's class, or one that it extends, as a file of the tree declares it. */
export interface ClassPart {
  file: string;
  text: string;
  members: t.ClassBody['body'];
}

interface DeclaredClass {
  /** The names that it is declared or exported with; none for a whole module. */
  names: string[];
  node: t.Class;
}

/** A class of a file and those that it extends, the class itself first; none where it is not found. */
export function partsOfClass(
  file: string,
  name: string | undefined,
  project: Project,
  steps = MAX_HOPS,
): ClassPart[] {
  const text = steps > 0 && !file.includes('/node_modules/') ? project.read(file) : undefined;
  if (text === undefined) return [];
  try {
    const { body } = sourcesOf(project).tree(file, text).program;
    const declared = body.flatMap(classesIn).find(({ names }) => isNamed(names, name));
    if (!declared) return [];
    const { superClass, body: own } = declared.node;
    return [
      { file, text, members: own.body },
      ...(superClass?.type === 'Identifier' ? extended(superClass.name, { file, body, project, steps }) : []),
    ];
  } catch {
    return [];
  }
}

function isNamed(names: readonly string[], name: string | undefined): boolean {
  return names.length === 0 || (name !== undefined && names.includes(name));
}

interface Around {
  file: string;
  body: t.Statement[];
  project: Project;
  steps: number;
}

function extended(name: string, { file, body, project, steps }: Around): ClassPart[] {
  if (body.flatMap(classesIn).some(({ names }) => names.includes(name)))
    return partsOfClass(file, name, project, steps - 1);
  for (const statement of body) {
    const found = importIn(statement, name);
    const target = found && project.resolve(file, found.module);
    if (found && target !== undefined) return partsOfClass(target, found.exported, project, steps - 1);
  }
  return [];
}

/** The module from which a statement takes a name, and the name there; a whole module has its own for it. */
function importIn(statement: t.Statement, name: string): { module: string; exported: string } | undefined {
  if (statement.type === 'ImportDeclaration') {
    const found = statement.specifiers.find(({ local }) => local.name === name);
    const exported = found?.type === 'ImportSpecifier' ? writtenName(found.imported) : name;
    return found && { module: statement.source.value, exported: exported ?? name };
  }
  if (statement.type !== 'VariableDeclaration') return undefined;
  for (const { id, init } of statement.declarations) {
    const required = requiredModule(init);
    if (!required) continue;
    const module = required.module.value;
    if (id.type === 'Identifier' && id.name === name) return { module, exported: required.property ?? name };
    if (id.type !== 'ObjectPattern') continue;
    const picked = id.properties.find(
      (each) =>
        each.type === 'ObjectProperty' && each.value.type === 'Identifier' && each.value.name === name,
    );
    if (picked) return { module, exported: keyName(picked) ?? name };
  }
  return undefined;
}

/** The classes that a statement at the top of a file declares, or exports by an assignment of CommonJS. */
function classesIn(statement: t.Statement): DeclaredClass[] {
  if (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    return declaration ? classesIn(declaration as t.Statement) : [];
  }
  if (statement.type === 'ClassDeclaration') return [{ names: idOf(statement), node: statement }];
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.flatMap(({ id, init }) =>
      init?.type === 'ClassExpression' && id.type === 'Identifier'
        ? [{ names: [id.name, ...idOf(init)], node: init }]
        : [],
    );
  return statement.type === 'ExpressionStatement' ? assignedIn(statement.expression, []) : [];
}

/** `module.exports = class …`, `exports.Name = class …` */
function assignedIn(value: t.Expression, names: readonly string[]): DeclaredClass[] {
  if (value.type === 'ClassExpression') return [{ names: [...names, ...idOf(value)], node: value }];
  if (value.type !== 'AssignmentExpression') return [];
  const { left, right } = value;
  const property = left.type === 'MemberExpression' ? writtenName(left.property, left.computed) : undefined;
  return assignedIn(right, property === undefined || property === 'exports' ? names : [...names, property]);
}

function idOf({ id }: t.Class): string[] {
  return id ? [id.name] : [];
}
