import { OncePerProject } from '../../survey/code/once-per-project.ts';
import type { Global } from '../../survey/values/global-values.ts';
import { changesOfGlobal } from '../../survey/values/written-values.ts';
import type { Machine, Site } from './machine.ts';
import { only, type Thing, type Value } from './values.ts';
import { readingOf } from './reading-of.ts';

/** What the language and Node give under a name of its own. */
export function nativeGlobal(name: string, machine: Machine): Thing {
  const label = /^(global|window|self)$/.test(name) ? 'globalThis' : name;
  return machine.make(`global ${label}`, 'native', label, '', 'module');
}

/** What nobody has under a name but who puts it there, in the global object or the process. */
export function sharedBy(of: string, name: string): Global | undefined {
  if (of !== 'globalThis' && of !== 'process') return undefined;
  return name in (of === 'process' ? process : globalThis) ? undefined : { of, name };
}

const OF_MODULES = /^(require|module|exports|__dirname|__filename)$/;
const set = new OncePerProject<boolean>();

/** What some file of the tree puts there for all: `global.settings = …`. */
export function sharedGlobal(of: string, name: string, site: Site, machine: Machine): Value | undefined {
  const shared = OF_MODULES.test(name) ? undefined : sharedBy(of, name);
  const { project } = machine;
  const isSet = (global: Global) => {
    const source = readingOf(site.file, project);
    return source !== undefined && changesOfGlobal(global, [], source).length > 0;
  };
  const place = `${project.packageRootOf(site.file) ?? site.file}\n${of}.${name}`;
  if (!shared || !set.of(project, place, () => isSet(shared))) return undefined;
  machine.noteRead(machine.cellOf(nativeGlobal(of, machine), name), site, false);
  return only(machine.make(`shared ${of}.${name}`, 'opaque', name, '', 'module', 0, { shared }));
}
