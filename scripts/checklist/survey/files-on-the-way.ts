import path from 'node:path';
import { importedModules } from '../../../codemods/agent-cache/source/imported-modules.ts';
import { plainImports } from './plain-imports.ts';
import type { Scene } from './verify-cache.ts';

/**
 * The files that take something from the owners that is more than the getter and the provider as they are meant: all
 * others go past no cache, and need not be parsed. Absolute.
 */
export function filesOnTheWay(
  scene: Scene,
  owners: ReadonlySet<string>,
  buildingMethods: ReadonlySet<string>,
): string[] {
  const { root, detection, graph, options } = scene;
  const texts = new Map<string, string>();
  for (const itemPath of detection.read) {
    const file = path.join(root, itemPath);
    texts.set(file, detection.project.read(file) ?? '');
  }
  const leads = leadsTo(owners, texts, scene);
  const isPlain = plainUse(options, buildingMethods);
  const words = wordsFor(leads);
  return [...texts].flatMap(([file, text]) => {
    if (!words.test(text)) return [];
    const specifiers = importedModules(text).filter(
      (each) => words.test(each) && leads.has(graph.resolve(file, each) ?? ''),
    );
    if (specifiers.length === 0) return [];
    const plain = plainImports(text, specifiers);
    return plain?.every(({ name }) => isPlain.name(name)) && isPlain.text(text) ? [] : [file];
  });
}

/** The owners, and every file that hands on what one of them exports. */
function leadsTo(
  owners: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
  { graph }: Scene,
): Set<string> {
  const leads = new Set(owners);
  const handingOn = [...texts].filter(([, text]) =>
    /\bexport\b[^;\n]*\bfrom\b|\bexport\b|\bmodule\.exports\b/.test(text),
  );
  for (let size = -1; size !== leads.size; ) {
    size = leads.size;
    const words = wordsFor(leads);
    for (const [file, text] of handingOn) {
      if (leads.has(file) || !words.test(text) || !HANDS_ON.test(text)) continue;
      if (
        importedModules(text).some((each) => words.test(each) && leads.has(graph.resolve(file, each) ?? ''))
      ) {
        const model = graph.model(file);
        const isBarrel =
          model !== undefined &&
          (model.handsOn.length > 0 ||
            [...model.exports.values()].some(
              (each) => 'specifier' in each || ('local' in each && model.imports.has(each.local)),
            ));
        if (isBarrel) leads.add(file);
      }
    }
  }
  return leads;
}

/** A text that hands on something: `export … from`, a list of names, or an export of CommonJS. */
const HANDS_ON = /\bexport\s*(?:\*|\{)|\bexport\s+(?:default|import)\b|\bexports\b|\bexport\s*=/;

/** What a specifier of one of the files must contain: its name, or that of its folder, or be an alias without any. */
function wordsFor(files: Iterable<string>): RegExp {
  const words = new Set<string>();
  for (const file of files) {
    const { name, dir } = path.parse(file);
    words.add(name === 'index' ? path.basename(dir) : name);
  }
  const escaped = [...words].map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(
    `${escaped.join('|')}|['"\`]?[#@~$][\\w-]*['"\`]?$|['"][#@~$][\\w-]*['"]|^\\.\\.?/?$|['"]\\.\\.?/?['"]`,
  );
}

function plainUse({ factory, provider, agentClass }: Scene['options'], buildingMethods: ReadonlySet<string>) {
  const names = new Set([factory, provider, agentClass]);
  const quoted = (name: string) => name.replaceAll('$', '\\$');
  const unusual = [
    // An argument may ask for another agent, or for a new one.
    `\\b${quoted(factory)}\\s*(?:<[^()]*>)?\\(\\s*[^)\\s]`,
    `\\b${quoted(provider)}\\s*\\(\\s*(?!\\{\\s*cacheTtl:\\s*[1-9][\\d_]*\\s*\\}\\s*\\)|\\))`,
    `\\b${quoted(agentClass)}\\s*\\??\\.`,
    '\\.constructor\\b',
    ...[...buildingMethods].map((name) => `\\.${quoted(name)}\\b`),
  ];
  const pattern = new RegExp(unusual.join('|'));
  return { name: (name: string) => names.has(name), text: (text: string) => !pattern.test(text) };
}
