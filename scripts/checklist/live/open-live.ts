import type { Checker } from '../judge-checks.ts';
import type { LiveReport } from '../report.ts';
import { liveChecker } from './check-live.ts';
import { givingUp, httpClient } from './http.ts';
import type { LiveOptions } from './options.ts';
import { probe } from './probe.ts';

/** A deployment's own answers: what it proves, and a checker that asks it. */
export interface Live {
  live: LiveReport;
  checker: Checker;
}

/** Probes a deployment, then leaves it open for checks; what the deployment cannot tell, `source` does. */
export async function openLive(options: LiveOptions, source: Checker): Promise<Live> {
  const client = givingUp(httpClient({ base: options.url, ...options }));
  return { live: await probe(client, options), checker: liveChecker(client, options, source) };
}
