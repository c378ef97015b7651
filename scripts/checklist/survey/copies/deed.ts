import type { Node } from '@babel/types';

/** What an expression does with modules by the texts that it is given. */
export interface Deed {
  /**
   * `load`: as any import does, anew where a query stands behind · `anew`: whatever was loaded before · `lets-go`: what
   * was loaded is not known any more · `hands-on`: a package is given its name, or code all that was loaded · `runs`: as
   * a program, in a realm of its own or with other names · `starts`: in a process or a thread of its own · `sets-up`:
   * tells what program `cluster.fork()` starts · `forks`: starts that, or the program that runs once more · `puts`: puts
   * something else in the place of what a module exports.
   */
  kind: 'load' | 'anew' | 'lets-go' | 'hands-on' | 'runs' | 'starts' | 'sets-up' | 'forks' | 'puts';
  /** Undefined for all modules. */
  module: readonly Node[] | undefined;
  /** What the module loads is meant as well. */
  isDeep?: boolean;
  /** Something else is put in the place of what others have of the module. */
  isPut?: boolean;
  /** The names of what is put in another's place; empty where nothing tells. */
  names?: readonly string[];
}
