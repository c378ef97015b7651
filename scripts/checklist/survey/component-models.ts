import { leftOut } from '../../../codemods/agent-cache/files/left-out.ts';
import { readText } from '../../../codemods/agent-cache/files/files.ts';
import { type ModuleModel, modelOf } from '../../../codemods/agent-cache/survey/code/module-model.ts';
import { componentsBelow } from './embedded-code.ts';
import { namesOf } from './files-on-the-way.ts';
import { parseScript, placedScripts } from './scripts-in.ts';
import type { Scene } from './verify-cache.ts';

/** The programs of components that may take something from the owners, each as a module that stands at its own lines. */
export function componentModels({ root, options }: Scene, owners: Iterable<string>): ModuleModel[] {
  const names = namesOf(owners);
  const isLeftOut = leftOut(root, options.exclude);
  return componentsBelow(root).flatMap((file) => {
    const text = readText(file) ?? '';
    if (!names.test(text) || isLeftOut(file)) return [];
    return placedScripts(file, text).flatMap((code) => {
      try {
        return [modelOf(file, parseScript(code).program)];
      } catch {
        // What does not parse is looked at as a text, where it names the class.
        return [];
      }
    });
  });
}
