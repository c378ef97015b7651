import type { Machine } from './machine.ts';
import type { Thing } from './values.ts';
import { assignedOutside } from './written-elsewhere.ts';

/** What the language and Node give under a name of its own. */
export function nativeGlobal(name: string, machine: Machine): Thing {
  const label = /^(global|window|self)$/.test(name) ? 'globalThis' : name;
  return machine.make(`global ${label}`, 'native', label, '', 'module');
}

/** Whether a name that no file declares is set by some code of the tree: a global variable, which requests may set. */
export function isAmbientGlobal(name: string, file: string, machine: Machine): boolean {
  return (
    machine.epoch === 'new' &&
    !(name in globalThis) &&
    assignedOutside({ object: 'globalThis', name }, file, machine.project)
  );
}
