import type * as t from '@babel/types';

/**
 * What something makes of a value: a text that tells all of it, the text that the value itself gives, which is the same
 * for any two objects, or what may be the same for two of them.
 */
export type Telling = 'written' | 'text' | 'blurred';

/** Methods of texts, numbers and lists, and what of the language makes a text, for which different ones stay different. */
const TEXTS =
  /^(toString|valueOf|toJSON|toISOString|trim(Start|End|Left|Right)?|pad(Start|End)|concat|join|String|encodeURI(Component)?|escape|btoa|TextEncoder\.encode)$/;
/** What of the language and of Node tells all that it is given in a text, or in bytes. */
const WRITES =
  /^((node:buffer\.)?Buffer\.from(\(\)\.toString)?|URLSearchParams\.toString|node:querystring\.(stringify|encode)|node:v8\.serialize)$/;
/** Digests of Node and of the web, and what is done on the way to one. */
const DIGESTS =
  /^(node:crypto\.(hash|create(Hash|Hmac)(\(\)\.(update|copy|digest|toString))*)|(node:crypto\.)?(webcrypto\.)?(globalThis\.)?(crypto\.)?subtle\.digest)$/;
/** Packages that write out all that they are given, or digest it, by the names that they are imported by. */
const PACKAGES =
  /^(object-hash|node-object-hash|ohash|stable-hash|(fast-)?json-stable-stringify|safe-stable-stringify|fast-safe-stringify|json-stringify-(safe|deterministic)|canonicalize|superjson|devalue|qs|query-string|md5|blueimp-md5|js-(sha\d+|md5|base64)|crypto-js|@noble\/hashes)(\/[\w/.-]+?)?(\.(default|stringify|hash|serialize|sha\d+|md5|SHA\d+|MD5|encode|toBase64|canonicalize))?(\(\)\.toString)?$/;
/** Codes whose texts may stand for the same bytes, as they are given to be read. */
const READS_CODE = /^(hex|base64(url)?|ascii|latin1|binary)$/;

/** What a function makes of what it is given, by what it is called: of the language, of Node, of a package, a method. */
export function tellingOf(by: string, node?: t.Node): Telling {
  const given = node && 'arguments' in node ? node.arguments : [];
  const [, second] = given;
  if (TEXTS.test(by)) return 'text';
  // With a list, or a function, it tells what that lets through.
  if (by === 'JSON.stringify') return isNothing(second) ? 'written' : 'blurred';
  if (WRITES.test(by))
    return by.endsWith('from') && second?.type === 'StringLiteral' && READS_CODE.test(second.value)
      ? 'blurred'
      : 'written';
  if (DIGESTS.test(by)) return 'written';
  return PACKAGES.test(by) && given.length < 2 ? 'written' : 'blurred';
}

function isNothing(node: t.Node | undefined): boolean {
  return (
    node === undefined ||
    node.type === 'NullLiteral' ||
    (node.type === 'Identifier' && node.name === 'undefined')
  );
}

/** What a digest was told, under a name that no code can have. */
export const TOLD = '.told';

/** What a digest was told before it is asked for: `hash.update(token); hash.digest('hex')`. */
export function isToldBefore(label: string, name: string): boolean {
  return name === 'update' && /^node:crypto\.create(Hash|Hmac)\(/.test(label);
}
