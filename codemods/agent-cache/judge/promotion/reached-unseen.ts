import path from 'node:path';
import type * as t from '@babel/types';
import type { Migration } from '../../migration.ts';
import type { Project } from '../../project.ts';
import { childrenOf } from '../../source/children.ts';
import { sourcesOf } from '../../source/sources.ts';
import { nameOf } from './called-by-hand.ts';
import { exportNamesOf } from '../../survey/code/exports.ts';
import { referencesTo } from '../../survey/functions/handlers.ts';
import { namingsOf } from '../../survey/code/named-elsewhere.ts';
import { OncePerProject } from '../../survey/code/once-per-project.ts';
import { fileOf } from '../../survey/code/opened-files.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';
import { toPosix } from '../../source/specifiers.ts';

/** Modules that are loaded by a name that is not written out, or by whole folders. */
const LOADS_UNSEEN =
  /(?<![\w$.#])(?:require|import)\s*\(\s*[^'"\s)]|\brequire\.context\b|\bimport\.meta\.glob|\brequire-?(?:dir|all)|\binclude-?all\b/i;

/** Packages that load whole folders. */
const LOADS_ALL = /^(require-?(dir|all|directory)|include-?all)$/i;

/** What tests load is none of the service. */
const OF_TESTS = /(?:^|\/)(?:tests?|__\w+__|e2e|spec|cypress|playwright)\//;

const loaders = new OncePerProject<readonly string[]>();

/**
 * Whether code may get at a function of which no use is found: some file names what may be it, or loads modules from
 * about there by names that are not written. Otherwise nobody calls it.
 */
export function mayBeReachedUnseen(fn: FunctionPath, migration: Migration): boolean {
  const { project } = migration;
  if (!project) return false;
  const file = toPosix(path.resolve(fileOf(fn, migration)));
  const name = nameOf(fn);
  return isNamed(fn, name, migration) || isLoadedUnseen(file, project);
}

function isNamed(fn: FunctionPath, name: string | undefined, migration: Migration): boolean {
  if (name !== undefined && !isWhole(fn, name)) return !isEmpty(namingsOf(fn, name, migration));
  return migration.project?.dependentsOf(fileOf(fn, migration)).length !== 0;
}

function isEmpty(found: Iterable<unknown>): boolean {
  for (const _ of found) return false;
  return true;
}

/** Whether others call the function whatever they like. */
function isWhole(fn: FunctionPath, name: string): boolean {
  const names = exportNamesOf({ fn, name, references: referencesTo(fn), member: undefined });
  return names.some((each) => each === '' || each === 'default');
}

/** A loader knows its own folder and those below it, and others by their names. */
function isLoadedUnseen(file: string, project: Project): boolean {
  const folder = path.posix.dirname(file);
  const named = wordOf(path.posix.basename(folder));
  return loadersAround(file, project).some(
    (loader) =>
      `${folder}/`.startsWith(`${path.posix.dirname(loader)}/`) || named.test(project.read(loader) ?? ''),
  );
}

function loadersAround(file: string, project: Project): readonly string[] {
  const root = project.packageRootOf(file) ?? path.posix.dirname(file);
  return loaders.of(project, root, () => {
    const files = ['require', 'import'].flatMap((word) => project.filesMentioning(file, word));
    const own = files.filter((each) => !OF_TESTS.test(path.posix.relative(root, each)));
    return [file, ...own].filter((each) => loadsUnseen(each, project));
  });
}

/** Whether the code of a file does so, and not only its comments and texts. */
function loadsUnseen(file: string, project: Project): boolean {
  const text = project.read(file) ?? '';
  if (!LOADS_UNSEEN.test(text)) return false;
  try {
    return hasUnseenLoad(sourcesOf(project).tree(file, text).program);
  } catch {
    return true;
  }
}

function hasUnseenLoad(node: t.Node): boolean {
  if (node.type === 'StringLiteral') return LOADS_ALL.test(node.value);
  if (node.type === 'ImportExpression') return !isText(node.source);
  if (node.type === 'CallExpression') {
    const { callee, arguments: given } = node;
    const isLoad = callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
    if (isLoad && !isText(given[0])) return true;
  }
  if (node.type === 'MemberExpression' && node.property.type === 'Identifier') {
    const { object, property } = node;
    if (object.type === 'Identifier' && object.name === 'require' && property.name === 'context') return true;
    if (object.type === 'MetaProperty' && property.name.startsWith('glob')) return true;
  }
  return !/^TSImportType$/.test(node.type) && childrenOf(node).some(hasUnseenLoad);
}

function isText(node: t.Node | undefined): boolean {
  return (
    node?.type === 'StringLiteral' || (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
  );
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll(/[^\w]/g, '\\$&')}(?![\\w$])`);
}
