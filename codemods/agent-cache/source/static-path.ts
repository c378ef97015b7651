import path from 'node:path';
import type * as t from '@babel/types';

/** A path in pieces: what is known of it, and `undefined` for what only a run could tell. */
export type PathPieces = readonly (string | undefined)[];

/** What the parts of an expression may stand for. */
export interface PathScope {
  /** The file that the expression stands in, absolute. */
  file: string;
  /** The folder that the process is started in. */
  root: string;
  /** What constants of the file are initialized with, by name. */
  constants: ReadonlyMap<string, t.Node>;
}

const UNKNOWN: PathPieces = [undefined];
/** A constant that is made of itself ends after so many steps. */
const MAX_DEPTH = 12;

/** What an expression says of the path that it makes: `path.join`, `__dirname`, `import.meta`, templates, `new URL`. */
export function staticPath(node: t.Node | null | undefined, scope: PathScope, depth = MAX_DEPTH): PathPieces {
  if (!node || depth === 0) return UNKNOWN;
  const inner = (each: t.Node | null | undefined) => staticPath(each, scope, depth - 1);
  switch (node.type) {
    case 'StringLiteral':
      return [node.value];
    case 'TemplateLiteral':
      return node.quasis.flatMap(({ value }, at) => [
        value.cooked ?? value.raw,
        ...(at < node.expressions.length ? inner(node.expressions[at]) : []),
      ]);
    case 'BinaryExpression':
      return node.operator === '+' ? [...inner(node.left), ...inner(node.right)] : UNKNOWN;
    case 'Identifier':
      if (node.name === '__dirname') return [path.posix.dirname(scope.file)];
      if (node.name === '__filename') return [scope.file];
      return inner(scope.constants.get(node.name));
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return inner(node.expression);
    case 'MemberExpression':
      return ofMember(node, scope, inner);
    case 'NewExpression':
      return isNamed(node.callee, 'URL') ? ofUrl(node.arguments, inner) : UNKNOWN;
    case 'CallExpression':
      return ofCall(node, scope, inner);
    default:
      return UNKNOWN;
  }
}

type Inner = (node: t.Node | null | undefined) => PathPieces;

function ofMember(node: t.MemberExpression, scope: PathScope, inner: Inner): PathPieces {
  const { object, property } = node;
  const name = property.type === 'Identifier' && !node.computed ? property.name : undefined;
  if (object.type === 'MetaProperty') {
    if (name === 'dirname') return [path.posix.dirname(scope.file)];
    return name === 'filename' || name === 'url' ? [scope.file] : UNKNOWN;
  }
  return name === 'href' || name === 'pathname' ? inner(object) : UNKNOWN;
}

/** `new URL('./x.js', import.meta.url)`: the second is a file, and the first is seen from its folder. */
function ofUrl([relative, base]: readonly t.Node[], inner: Inner): PathPieces {
  const from = known(inner(base));
  return from === undefined ? UNKNOWN : joined([[path.posix.dirname(from)], inner(relative)]);
}

function ofCall(node: t.CallExpression, scope: PathScope, inner: Inner): PathPieces {
  const { callee, arguments: given } = node;
  const member = callee.type === 'MemberExpression' ? callee : undefined;
  const name = nameOf(member?.property ?? callee);
  switch (name) {
    case 'cwd':
      return [scope.root];
    case 'join':
    case 'resolve':
      // Of an array, or of a promise, that is something else.
      if (member && !isNamed(member.object, 'path') && !isNamed(member.object, 'posix'))
        return name === 'resolve' && isNamed(member.object, 'require') ? inner(given[0]) : UNKNOWN;
      return name === 'join' ? joined(given.map(inner)) : resolved(given.map(inner), scope.root);
    case 'dirname': {
      const whole = known(inner(given[0]));
      return whole === undefined ? UNKNOWN : [path.posix.dirname(whole)];
    }
    case 'fileURLToPath':
    case 'pathToFileURL':
    case 'normalize':
    case 'String':
      return inner(given[0]);
    case 'toString':
      return inner(member?.object);
    default:
      return UNKNOWN;
  }
}

/** The parts after the last that is absolute, which is seen from the folder that the process is started in. */
function resolved(parts: readonly PathPieces[], root: string): PathPieces {
  const from = parts.findLastIndex(([first]) => first?.startsWith('/'));
  return from === -1 ? joined([[root], ...parts]) : joined(parts.slice(from));
}

function joined(parts: readonly PathPieces[]): PathPieces {
  return parts.flatMap((part, at) => (at === 0 ? part : ['/', ...part]));
}

/** The whole text, where every piece is known. */
export function known(pieces: PathPieces): string | undefined {
  return pieces.every((piece) => piece !== undefined) ? pieces.join('') : undefined;
}

function nameOf(node: t.Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

function isNamed(node: t.Node, name: string): boolean {
  if (node.type === 'MemberExpression') return nameOf(node.property) === name;
  return nameOf(node) === name;
}
