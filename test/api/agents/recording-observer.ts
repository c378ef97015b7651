import type {
  GraphCall,
  GraphCircuitState,
  GraphObserver,
  GraphWaitReason,
} from '../../../api/src/agents/graph-observer.ts';
import type { GraphUsage } from '../../../api/src/agents/graph-usage.ts';

/** Keeps all that a transport tells. */
export class RecordingObserver implements GraphObserver {
  readonly calls: GraphCall[] = [];
  readonly usages: GraphUsage[] = [];
  readonly waits: { reason: GraphWaitReason; seconds: number }[] = [];
  readonly circuit: GraphCircuitState[] = [];

  get outcomes(): string[] {
    return this.calls.map(({ outcome }) => outcome);
  }

  onCall(call: GraphCall): void {
    this.calls.push(call);
  }

  onUsage(usage: GraphUsage): void {
    this.usages.push(usage);
  }

  onWait(wait: { reason: GraphWaitReason; seconds: number }): void {
    this.waits.push(wait);
  }

  onCircuit(state: GraphCircuitState): void {
    this.circuit.push(state);
  }
}
