import type { Project } from '../../project.ts';
import { callValue, construct } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { Functions } from './functions.ts';
import { Machine } from './machine.ts';
import { Modules } from './modules.ts';
import { nativePart } from './natives.ts';
import { executeAll } from './statements.ts';

/** Runs the code of a class on values of which only the origin is known. */
export interface Interpretation {
  machine: Machine;
  modules: Modules;
  functions: Functions;
}

/** @param packageRoot the folder of the package whose class it is; undefined for one of the tree */
export function interpret(project: Project, packageRoot?: string): Interpretation {
  const machine = new Machine(project);
  machine.packageRoot = packageRoot;
  const modules = new Modules(machine);
  const functions = new Functions(machine);
  machine.run = {
    evaluate: (node, frame, dropped) => evaluate(node, frame, machine, dropped),
    execute: (statements, frame) => executeAll(statements, frame, machine),
    call: (fn, self, args, site) =>
      callValue(fn, self, args, site, machine, (thing, own, given, at) =>
        functions.invoke(thing, own, given, at),
      ),
    construct: (type, args, site) => construct(type, args, site, machine),
    initialise: (type, instance, args, site) => functions.initialise(type, instance, args, site),
    exported: (module, name) => modules.exported(module, name),
    imported: (specifier, name, from) => modules.imported(specifier, name, from),
    nativePart: (thing, name, site) => nativePart(thing, name, site, machine),
  };
  return { machine, modules, functions };
}
