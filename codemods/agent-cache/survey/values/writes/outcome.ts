import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { Reading } from '../../../migration.ts';
import type { Definition } from '../../code/definitions.ts';
import type { FunctionPath } from '../../code/placement.ts';
import type { Global } from '../global-values.ts';
import type { Leaf, Way } from './way.ts';

/** Where a value goes on to. */
export type Step =
  /** An expression that has it. */
  | { kind: 'value'; at: NodePath; way: Way }
  /** A name that is given it, with where that stands. */
  | { kind: 'name'; at: NodePath; way: Way }
  /** A call that changes it, of what was made of it before. */
  | { kind: 'changed'; at: NodePath; way: Way }
  /** What a function gives. */
  | { kind: 'result'; fn: FunctionPath; way: Way }
  /** A member of the instances of a class, or of the class. */
  | { kind: 'field'; owner: NodePath<t.Class>; name: string; way: Way }
  /** What is had by a name, or by a key as well, of what nothing tells of; `holder` is the name of that. */
  | { kind: 'named'; name: string; isKey?: true; holder?: string; way: Way };

/** `written` where it is changed, `untold` where that cannot be told, and else all that it goes on to. */
export type Outcome = 'written' | 'untold' | readonly Step[];

export interface Asked {
  leaf: Leaf;
  source: Reading;
  /** Where that is known, what the value is of which some members are asked for, and their names. */
  whole?: { is: Definition; names: readonly string[] };
  /** A global value which it is, whose other mentions are asked for by themselves. */
  shared?: Global;
}
