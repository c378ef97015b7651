import path from 'node:path';
import { escapeRegExp } from '../../../codemods/agent-cache/source/escape-reg-exp.ts';
import type { BuildingMethods } from './building-methods.ts';
import { mayLoad } from './untold-loads.ts';
import { NAMED_IMPORT, plainImports } from './plain-imports.ts';
import type { Scene } from './verify-cache.ts';

/**
 * The files that take something from the owners that is more than the getter and the provider as they are meant: all
 * others go past no cache, and need not be parsed. Absolute.
 */
export function filesOnTheWay(
  scene: Scene,
  owners: ReadonlySet<string>,
  buildingMethods: BuildingMethods,
): string[] {
  const { root, detection, graph, options } = scene;
  const texts = new Map<string, string>();
  for (const itemPath of detection.read) {
    const file = path.join(root, itemPath);
    texts.set(file, detection.project.read(file) ?? '');
  }
  const leads = leadsTo(owners, texts, scene);
  const isPlain = plainUse(options, buildingMethods);
  const mayMean = specifiersOf(leads);
  const names = namesOf(leads);
  return [...texts].flatMap(([file, text]) => {
    const specifiers = detection.project
      .modulesOf(file)
      .filter((each) => mayMean(each) && leads.has(graph.resolve(file, each) ?? ''));
    if (mayLoad(text, names)) return [file];
    if (specifiers.length === 0) return [];
    const plain = plainImports(text, specifiers);
    return plain?.every(({ name }) => isPlain.name(name)) && isPlain.text(text) ? [] : [file];
  });
}

/** The owners, and every file that hands on what one of them exports. */
function leadsTo(
  owners: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
  { graph, detection }: Scene,
): Set<string> {
  const leads = new Set(owners);
  const handingOn = [...texts].filter(([, text]) =>
    /\bexport\b[^;\n]*\bfrom\b|\bexport\b|\bmodule\.exports\b/.test(text),
  );
  for (let size = -1; size !== leads.size; ) {
    size = leads.size;
    const mayMean = specifiersOf(leads);
    for (const [file, text] of handingOn) {
      if (leads.has(file) || !HANDS_ON.test(text)) continue;
      if (
        detection.project
          .modulesOf(file)
          .some((each) => mayMean(each) && leads.has(graph.resolve(file, each) ?? ''))
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

/**
 * Whether a specifier may mean one of the files. A relative one has the name of the file, or of its folder; what an
 * alias or a package of the workspace is called need have neither.
 */
function specifiersOf(files: Iterable<string>): (specifier: string) => boolean {
  const relative = new RegExp(`${namesOf(files).source}|(?:^|/)\\.\\.?/?$`);
  return (specifier) => !specifier.startsWith('.') || relative.test(specifier);
}

/** What specifiers of the files have in them: the name of the file, or of its folder. */
export function namesOf(files: Iterable<string>): RegExp {
  const words = new Set<string>();
  for (const file of files) {
    const { name, dir } = path.parse(file);
    words.add(name === 'index' ? path.basename(dir) : name);
  }
  return new RegExp([...words].map(escapeRegExp).join('|'));
}

/** A member that is not written out. */
const COMPUTED_MEMBER =
  '[\\w)\\]!.]\\s*\\[(?!\\s*(?:\'[^\']*\'|"[^"]*"|`[^`$]*`|\\d+)?\\s*\\])|\\[[^\\]]+\\]\\s*:';

function plainUse({ factory, provider, agentClass }: Scene['options'], buildingMethods: BuildingMethods) {
  const names = new Set([factory, provider, agentClass]);
  const quoted = (name: string) => name.replaceAll('$', '\\$');
  const unusual = [
    // An argument may ask for another agent, or for a new one; and so may whoever is given the function.
    `\\b${quoted(factory)}\\b(?!\\s*(?:<[^()]*>)?\\(\\s*\\))`,
    `\\b${quoted(provider)}\\b(?!\\s*\\(\\s*(?:\\{\\s*cacheTtl:\\s*[1-9][\\d_]*\\s*\\}\\s*)?\\))`,
    `\\b${quoted(agentClass)}\\s*(?:\\??\\.|\\[\\s*[^\\]\\s])`,
    '\\bconstructor\\b(?!\\s*\\()|\\.constructor\\b|\\bgetPrototypeOf\\b|__proto__',
    '\\bReflect\\b|\\bgetOwnPropertyDescriptor',
    // The constructor is a member of whatever agent.
    COMPUTED_MEMBER,
    ...[...buildingMethods.names].map((name) => `\\b${quoted(name)}\\b`),
    // The name of a method that builds may be any.
    ...(buildingMethods.mayBe('') ? [''] : []),
  ];
  const pattern = new RegExp(unusual.join('|'));
  return {
    name: (name: string) => names.has(name),
    text: (text: string) => !pattern.test(text.replaceAll(NAMED_IMPORT, '')),
  };
}
