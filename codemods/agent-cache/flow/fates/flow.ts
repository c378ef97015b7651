import type { Binding, NodePath } from '@babel/traverse';
import type { Problem, Judged } from '../../migration.ts';
import type { Definition } from '../../survey/code/definitions.ts';
import type { FunctionPath } from '../../survey/code/placement.ts';

/** How an expression stands for the agent. */
export interface Holding {
  /** Where the agent is in it: empty for the agent itself, `['agent']` for `{ agent }`; `*` is any property. */
  path: readonly string[];
  /** It is no more than a property of the agent's, or of one of those. */
  part: boolean;
  /** The names from the agent to the part, where the code shows them. */
  way?: readonly string[] | undefined;
  /** It may be something else: what holds the agent does not say under which name. */
  isGuess?: boolean;
  /** It is reached through something that held it, or through another function. */
  indirect: boolean;
  frame: Frame;
}

/** A function that the agent is followed in. */
export interface Frame {
  fn: FunctionPath | undefined;
  /** The call by which the agent came in; undefined where it was got. */
  call: NodePath | undefined;
  /** What `this` is in it, where that lives no longer than the call. */
  owner: Definition | undefined;
  /** It came in with the request: the handlers that use it answer that one. */
  ofRequest?: boolean;
  /** How many calls lie between. */
  depth: number;
  /** How what it returns stands for the agent. */
  returned: Holding[];
}

/** The state of following one agent, and the steps that know each other only by it. */
export interface Flow {
  readonly migration: Judged;
  readonly home: Frame;
  /** The functions that the agent came into, by the parameter that has it. */
  readonly frames: Map<object, Frame>;
  /** Properties of instances and of requests that are followed already. */
  readonly properties: Set<string>;
  /** Follows an expression that stands for the agent to what is done with it. */
  follow(value: NodePath, holding: Holding): void;
  /** Follows a name, or the names of a pattern, that an agent is bound to. */
  followTarget(target: NodePath, holding: Holding): void;
  followBinding(binding: Binding | undefined, holding: Holding): void;
  /** Follows a member of the agent, or of a part of it. */
  followMember(member: NodePath, holding: Holding): void;
  /** Fails where the code reads what earlier calls of the agent left in it: of any name where that is not known. */
  showsState(place: NodePath, name: string | undefined): boolean;
  fail(problem: Problem): void;
}

export const ANY = '*';

/** Whether the value is the agent itself. */
export function isAgent({ path, part }: Holding): boolean {
  return path.length === 0 && !part;
}

/** What a property of a holder is; undefined when the agent is not in it. A name that is not known may be any. */
export function heldIn(holding: Holding, name: string | undefined): Holding | undefined {
  const [first, ...rest] = holding.path;
  if (first === undefined) return { ...partOf(holding, name), indirect: true };
  const isIt = first === ANY || name === undefined || name === first;
  const isGuess = holding.isGuess || (first === ANY && name !== undefined);
  return isIt ? { ...holding, path: rest, indirect: true, ...(isGuess && { isGuess }) } : undefined;
}

/** A part of the agent, or of a part of it, by its name. */
export function partOf(holding: Holding, name: string | undefined): Holding {
  const above = holding.part ? holding.way : [];
  return { ...holding, part: true, way: above && name !== undefined ? [...above, name] : undefined };
}
