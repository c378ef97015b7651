import type { GraphFault } from './graph-errors.ts';
import type { GraphUsage } from './graph-usage.ts';

/** The Graph routes that the agent uses: a bounded set, fit for a metric label. */
export const GRAPH_EDGES = ['debug_token', 'account', 'campaigns', 'insights', 'object'] as const;
export type GraphEdge = (typeof GRAPH_EDGES)[number];

export type GraphWaitReason = 'backoff' | 'throttle' | 'pace';
export type GraphCircuitState = 'open' | 'half-open' | 'closed';

/** One HTTP exchange, or a call that the open circuit refused. */
export interface GraphCall {
  edge: GraphEdge;
  /** `ok`, `aborted` or a Graph error's slug. */
  outcome: string;
  durationSeconds: number;
  /** What is known of a failure. */
  fault?: GraphFault;
}

export interface GraphVersionWarning {
  asked: string;
  /** The version that answered; undefined when Graph does not say. */
  served: string | undefined;
}

/** Hears what the transport does. Nothing it is told holds a secret. */
export interface GraphObserver {
  onCall(call: GraphCall): void;
  onUsage(usage: GraphUsage): void;
  /** A call is about to wait for this long. */
  onWait(wait: { reason: GraphWaitReason; seconds: number }): void;
  onCircuit(state: GraphCircuitState): void;
  /** Graph has answered with a warning that the version asked for has ended. */
  onVersion?(warning: GraphVersionWarning): void;
}

/** The route that a path stands for. */
export function edgeOf(path: readonly string[]): GraphEdge {
  const last = path.at(-1) ?? '';
  if (last === 'debug_token' || last === 'campaigns' || last === 'insights') return last;
  return last.startsWith('act_') ? 'account' : 'object';
}
