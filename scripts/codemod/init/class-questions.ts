import path from 'node:path';
import { wholeProject } from '../../../codemods/agent-cache/files/file-project.ts';
import { FilesOnce } from '../../../codemods/agent-cache/files/files-once.ts';
import {
  CONSTRUCTOR_READS_NOTHING,
  METHOD_KEEPS_NOTHING,
} from '../../../codemods/agent-cache/flow/effects/assumed.ts';
import { effectsOfClass } from '../../../codemods/agent-cache/flow/interpreter/agent-effects.ts';
import type { CodemodOptions } from '../../../codemods/agent-cache/options.ts';

/** How many methods are named: of a large class there may be thousands, of which places call a few. */
const NAMED = 10;

/**
 * What the source of the agent's class leaves open, or says against sharing an instance; empty where it says nothing.
 *
 * @param file of the class
 * @param ttl how long the cache shares an agent by default, in seconds
 */
export function classQuestions(file: string, options: CodemodOptions, ttl: number): string {
  const { agentClass } = options;
  const effects = effectsOfClass(path.resolve(file), agentClass, wholeProject(options, new FilesOnce()));
  if (!effects) return '';
  const { ambient, settings } = effects.constructing;
  const at = (line: { file: string; line: number }) => `line ${line.line} of ${path.relative('', line.file)}`;
  const lines = [
    ...(ambient
      ? [
          `The constructor of ${agentClass} reads what may differ by request (${ambient.what}, ${at(ambient)}): places that build one are left.`,
          `  Read it in the methods that need it, or answer ${CONSTRUCTOR_READS_NOTHING}.`,
        ]
      : []),
    ...(settings
      ? [
          `The constructor of ${agentClass} reads a file (${settings.what}, ${at(settings)}): a change of it counts when the shared agent is built anew, up to ${ttl} seconds later.`,
        ]
      : []),
    ...effects.open
      .slice(0, NAMED)
      .map(
        ({ path: method, at: place }) =>
          `No code tells whether ${agentClass}.${method} keeps what it is given (${at(place)}): answer ${METHOD_KEEPS_NOTHING} where you know that it does not.`,
      ),
    ...(effects.open.length > NAMED
      ? [
          `The same of ${effects.open.length - NAMED} more: a run of the codemod names those that places call.`,
        ]
      : []),
  ];
  if (lines.length === 0) return '';
  const example = `{ "id": "${METHOD_KEEPS_NOTHING}", "of": "${agentClass}.…", "why": "…" }`;
  return `\nAbout the class:\n${lines.map((each) => `  ${each}\n`).join('')}  Answers stand in agent-cache.config.json: "assume": [${example}].\n`;
}
