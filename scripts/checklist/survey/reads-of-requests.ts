import { CONSTRUCTOR_READS_NOTHING } from '../../../codemods/agent-cache/flow/effects/assumed.ts';
import { constructionOfClass } from '../../../codemods/agent-cache/flow/interpreter/agent-effects.ts';
import { readOfRequests } from '../../../codemods/agent-cache/flow/interpreter/reads-of-getter.ts';
import { keyedGetter } from '../../../codemods/agent-cache/options.ts';
import { asksTheRequest } from '../cache/packages.ts';
import type { AgentFound } from './find-agent.ts';
import { toItemPath } from '../item-paths.ts';
import type { Finding } from '../report.ts';
import { placeOfText } from './used-names.ts';
import type { FullScene } from './verify-cache.ts';

/**
 * Caches of an agent whose constructor reads what is of a request: what it read for one serves the others. Where nothing
 * shows that what it reads is the same for all, or the cache may keep one for each, it is a doubt.
 */
export function findReadsOfRequests(
  scene: FullScene,
  { declaredIn }: AgentFound,
): { findings: Finding[]; doubts: string[] } {
  const { root, options, detection, cacheModules } = scene;
  const { agentClass, assume = [], keyed, factory } = options;
  const name = keyed === true ? keyedGetter(options) : factory;
  const findings: Finding[] = [];
  const doubts: string[] = [];
  for (const declared of cacheModules.length === 0 ? [] : declaredIn) {
    const found = constructionOfClass(declared, agentClass, detection.project);
    const read = found?.constructing.ambient;
    const isVouched = [...assume, ...(found?.vouched ?? [])].some(
      ({ id, of }) => id === CONSTRUCTOR_READS_NOTHING && of === agentClass,
    );
    if (!read || isVouched) continue;
    const what = `the constructor of ${agentClass} reads ${read.what} (line ${read.line} of ${toItemPath(root, read.file)})`;
    const vouch = `"assume": [{ "id": "${CONSTRUCTOR_READS_NOTHING}", "of": "${agentClass}", "why": "…" }]`;
    for (const file of cacheModules) {
      if (!read.isShown || mayAskItself(file, declaredIn, scene)) {
        doubts.push(
          `${what}, and nothing shows that this is the same for every request; where you know that it is, say so in agent-cache.config.json: ${vouch}`,
        );
        continue;
      }
      findings.push({
        file: toItemPath(root, file),
        ...placeOfText(file, name),
        rule: 'cache',
        id: 'cache-mixes',
        message: `the cache gives what one request has to others: ${what}`,
        hint: `have its methods ask for that, or give it to them; where you know that it is the same for all, say so in agent-cache.config.json: ${vouch}`,
      });
    }
  }
  for (const file of cacheModules) {
    const read = readOfRequests(file, name, agentClass, detection.project);
    if (read === undefined) continue;
    const before = (detection.project.read(read.at.file) ?? '').slice(0, read.at.offset);
    const line = before.split(/\r\n|\n|\r/).length;
    doubts.push(
      `${name} reads ${read.what} (line ${line} of ${toItemPath(root, read.at.file)}), which requests set, and nothing shows that no agent is built of it`,
    );
  }
  return { findings, doubts };
}

/** Whether a cache may know of the request whose agent it gives: then it may keep one for each. */
function mayAskItself(file: string, declaredIn: readonly string[], { graph, detection }: FullScene): boolean {
  const imported = [...(graph.model(file)?.imports.values() ?? [])].map(({ specifier }) =>
    graph.resolve(file, specifier),
  );
  return [file, ...imported].some(
    (each) =>
      each !== undefined && !declaredIn.includes(each) && asksTheRequest(detection.project.read(each) ?? ''),
  );
}
