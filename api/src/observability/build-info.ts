import { Gauge } from 'prom-client';
import { registry } from './prometheus.ts';

let version: string | undefined;

new Gauge({
  name: 'service_build_info',
  help: 'Always 1; its labels say which version of the service runs on which version of Node.js',
  labelNames: ['version', 'node_version'],
  registers: [registry],
  collect() {
    this.reset();
    if (version !== undefined) this.set({ version, node_version: process.versions.node }, 1);
  },
});

/** @param running the version of the service, as in package.json */
export function showBuild(running: string): void {
  version = running;
}
