import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Source, Surveyed } from '../../migration.ts';
import { fileBuiltBy } from '../../survey/modules/agent-file.ts';
import { mayLead, tellsSomething } from '../../survey/modules/load-paths.ts';
import { mayLoadUnseen, type UnseenLoad, unseenLoadsIn } from '../../survey/modules/unseen-loads.ts';
import { isMember, propertyName } from '../../survey/code/members.ts';
import { requiredModule } from '../../survey/code/required-module.ts';
import { withoutTypes } from '../../survey/code/wrappers.ts';
import { sourcesOf } from '../../source/sources.ts';
import { absolutePath } from '../../source/specifiers.ts';
import { bindingOf } from '../../survey/code/bindings.ts';

/** Calls that run what they are given as text. */
const RUNS_TEXT = /\b(?:eval|Function|runIn\w*Context|compileFunction|Script|Worker|spawn\w*|exec\w*)\b/;
const RUNNERS = /^(eval|Function|runIn\w*Context|compileFunction|Script)$/;
/** Calls that start a program: a file by its name, or what is code. */
const STARTERS = /^(?:Worker|(?:spawn|exec|execFile)(?:Sync)?|execa\w*)$/;
const LOADS_SOMETHING = /\b(?:import|require)\b[\s\S]*\(/;

/**
 * The places of a file that may load the class without an import that says so: by a `require` of another name, or by a
 * name that is made when the code runs.
 */
export function loadsOfTheClass(source: Source): NodePath[] {
  const { project, program, text, path: file } = source;
  if (!project || !mayLoadUnseen(text)) return [];
  const absolute = absolutePath(file);
  const root = project.packageRootOf(absolute) ?? path.posix.dirname(absolute);
  const found = unseenLoadsIn(program.node, absolute, root).filter((load) => mayBeTheClass(load, source));
  const places = new Set(found.map(({ line, column }) => `${line}:${column}`));
  if (places.size === 0) return [];
  const calls: NodePath[] = [];
  program.traverse({
    'CallExpression|ImportExpression'(call: NodePath) {
      const { line = 1, column = 0 } = call.node.loc?.start ?? {};
      // A call of what a call gave starts where that does.
      if (places.delete(`${line}:${column + 1}`)) calls.push(call);
    },
  });
  return calls;
}

function mayBeTheClass(load: UnseenLoad, source: Source): boolean {
  const { project, options, path: file, program } = source;
  const names = [options.agentClass, 'default'];
  if (!project || (load.picked && !load.picked.some((name) => names.includes(name)))) return false;
  const cacheModule = project.cacheModuleOf(file);
  const declaring = cacheModule && fileBuiltBy(cacheModule, project, options);
  if (tellsSomething(load)) return declaring !== undefined && mayLead(load, declaring, project);
  return namesTheModule(program, options.agentModule);
}

/** Whether the code has the name of the agent's module in a text. */
function namesTheModule(program: NodePath<t.Program>, agentModule: string): boolean {
  const name = agentModule.slice(agentModule.lastIndexOf('/') + 1);
  return hasText(program, (text) => /^[^\s]+$/.test(text) && text.includes(name));
}

function hasText(code: NodePath, isIt: (text: string) => boolean): boolean {
  let found = false;
  code.traverse({
    StringLiteral({ node, parent }) {
      if (!/^(Import|Export)/.test(parent.type)) found ||= isIt(node.value);
    },
    TemplateElement({ node }) {
      found ||= isIt(node.value.raw);
    },
  });
  return found;
}

/** The places that run a text in which the class is named: `eval('new FacebookAdsAgent()')`. */
export function textsOfTheClass({ program, text, options: { agentClass } }: Source): NodePath[] {
  if (!RUNS_TEXT.test(text)) return [];
  const found: NodePath[] = [];
  program.traverse({
    'CallExpression|NewExpression'(call: NodePath) {
      const callee = call.get('callee') as NodePath;
      const name = callee.isMemberExpression() ? callee.get('property') : callee;
      const called = name.isIdentifier() ? name.node.name : '';
      const isStarter = STARTERS.test(called);
      if (!isStarter && !RUNNERS.test(called)) return;
      const isCode = (code: string) =>
        code.includes(agentClass) && (!isStarter || LOADS_SOMETHING.test(code));
      if ((call.get('arguments') as NodePath[]).some((each) => says(each, isCode))) found.push(call);
    },
  });
  return found;
}

/** Whether a value, or the constant that it is, has a text of some kind. */
function says(argument: NodePath, isIt: (text: string) => boolean): boolean {
  if (argument.isStringLiteral()) return isIt(argument.node.value);
  if (argument.isArrayExpression())
    return (argument.get('elements') as NodePath[]).some((each) => says(each, isIt));
  const binding = argument.isIdentifier() ? bindingOf(argument) : undefined;
  const held = binding?.constant && binding.path.isVariableDeclarator() ? binding.path : argument;
  return hasText(held, isIt);
}

/**
 * The places that build what has the class's name and was got of a call, of which nothing tells what it gives. Whoever
 * hands the class over as an argument is noted where that is done.
 */
export function buildsOfUnknownOrigin(migration: Surveyed): NodePath[] {
  const { program, text, options, agentBindings, constructions } = migration;
  const { agentClass } = options;
  if (!new RegExp(`\\bnew\\b[^;{}]*\\b${agentClass}\\b`).test(text)) return [];
  const known = new Set<t.Node>(constructions.map(({ node }) => node));
  const found: NodePath[] = [];
  program.traverse({
    NewExpression(built) {
      const callee = withoutTypes(built.get('callee') as NodePath);
      if (known.has(built.node) || !isNamed(callee, agentClass)) return;
      const root = rootOf(callee);
      const binding = bindingOf(root);
      if (agentBindings.some((each) => each.binding === binding)) return;
      const { path: declared } = binding ?? {};
      const source = declared?.isVariableDeclarator() ? (declared.get('init') as NodePath) : root;
      const module = moduleOf(declared) ?? requiredModule(source.node)?.module.value;
      if (isGivenByCall(source) || (module !== undefined && mayHandOn(module, migration))) found.push(built);
    },
  });
  return found;
}

/** The module that an import takes a name from. */
function moduleOf(declared: NodePath | undefined): string | undefined {
  const statement = declared?.parentPath;
  return statement?.isImportDeclaration() ? statement.node.source.value : undefined;
}

/** Whether a module of the tree exports what it loads by names that nobody writes, the class perhaps among it. */
function mayHandOn(specifier: string, { project, path: file, options }: Source): boolean {
  const absolute = absolutePath(file);
  const target = project?.resolve(absolute, specifier);
  const text = target === undefined ? undefined : project?.read(target)?.replace(/^\uFEFF/, '');
  const cacheModule = project?.cacheModuleOf(absolute);
  const declaring = project && cacheModule && fileBuiltBy(cacheModule, project, options);
  if (!project || !declaring || target === undefined || text === undefined || !mayLoadUnseen(text))
    return false;
  const root = project.packageRootOf(target) ?? path.posix.dirname(target);
  try {
    const { program } = sourcesOf(project).tree(target, text);
    return unseenLoadsIn(program, target, root).some(
      (load) => tellsSomething(load) && mayLead(load, declaring, project),
    );
  } catch {
    return true;
  }
}

function isNamed(callee: NodePath, agentClass: string): boolean {
  if (callee.isIdentifier()) return callee.node.name === agentClass;
  return isMember(callee) && propertyName(callee.node) === agentClass;
}

function rootOf(callee: NodePath): NodePath {
  return isMember(callee) ? rootOf(withoutTypes(callee.get('object') as NodePath)) : callee;
}

function isGivenByCall(source: NodePath): boolean {
  const value = source.node === null ? source : withoutTypes(source);
  if (value.isAwaitExpression()) return isGivenByCall(value.get('argument'));
  if (value.isImportExpression()) return !value.get('source').isStringLiteral();
  if (!value.isCallExpression()) return false;
  // What a module of a written name gives is followed, or another's.
  const isImport = value.get('callee').isImport();
  return isImport
    ? value.node.arguments[0]?.type !== 'StringLiteral'
    : requiredModule(value.node) === undefined;
}
