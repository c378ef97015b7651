import { Counter } from 'prom-client';
import { registry } from './prometheus.ts';

const lost = new Counter({
  name: 'log_lines_lost_total',
  help: 'Log lines that nobody read: what read them has ended',
  registers: [registry],
});

let guarded = false;

/** Keeps the process alive when what reads its output ends: it has work to do, and metrics to tell by. */
export function surviveLostOutput(): void {
  if (guarded) return;
  guarded = true;
  process.stdout.on('error', () => lost.inc());
  process.stderr.on('error', () => undefined);
}
