import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import type { KeptState } from './state-origin.ts';

/** A use of what outlives a function, by the function itself or by one that it calls. */
export interface ReachedUse extends KeptState {
  isWrite: boolean;
  /** Where it stands, be it in another file. */
  at: NodePath;
  /** Where in the function it is come to: the use itself, or the call that leads to it. */
  by: NodePath;
  /** It is come to by a method whose name every text and list has, on what nothing shows to be another object. */
  isByPlainName?: boolean;
  /** The call that may set it, though no code shows what it does. */
  mayBeSetBy?: NodePath<t.CallExpression>;
}
