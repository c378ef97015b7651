import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { scriptArguments } from '../support/script-arguments.ts';
import { fileURLToPath } from 'node:url';
import { main } from '../../scripts/checklist/main.ts';
import type { Report } from '../../scripts/checklist/report.ts';

export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

const trees: Tree[] = [];

/** A temporary tree of files to verify. */
export class Tree {
  readonly root = mkdtempSync(path.join(tmpdir(), 'checklist-'));

  constructor(files: Record<string, string | Buffer>) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    trees.push(this);
  }

  path(name: string): string {
    return path.join(this.root, name);
  }

  write(name: string, content: string | Buffer): void {
    mkdirSync(path.dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }
}

/** Removes every tree of this test file. */
export function removeTrees(): void {
  for (const tree of trees.splice(0)) rmSync(tree.root, { recursive: true, force: true });
}

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the gate in this process, in surroundings of its own. */
export async function check(tree: Tree, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(['--root', tree.root, ...args], {
    env,
    stdout: { write: (chunk) => (stdout += chunk) },
    stderr: { write: (chunk) => (stderr += chunk) },
  });
  return { exitCode, stdout, stderr };
}

/** The same as its JSON report. */
export async function report(tree: Tree, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Report> {
  const { stdout, stderr, exitCode } = await check(tree, ['--format', 'json', ...args], env);
  if (exitCode === 2) throw new Error(stderr);
  const parsed = JSON.parse(stdout) as Report;
  expect(exitCode).toBe(parsed.ok ? 0 : 1);
  return parsed;
}

/** Runs a script of this project as a user would, in a process of its own. */
export async function runScript(
  script: string,
  args: string[],
  { cwd = PROJECT_ROOT, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  // The gate must see the surroundings of the test, not those of the job that runs it.
  const blank = {
    CI: '',
    GITHUB_STEP_SUMMARY: '',
    GITHUB_WORKSPACE: '',
    CI_PROJECT_DIR: '',
    NODE_OPTIONS: '',
  };
  const child = spawn(process.execPath, [...scriptArguments(`scripts/${script}`), ...args], {
    cwd,
    env: { ...process.env, ...blank, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

/** The source of a route file that builds its agent for each request. */
export const OLD_WAY = `import { Router } from 'express';
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

export const router = Router();

router.get('/', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});
`;

/** The same after the codemod. */
export const NEW_WAY = `import { Router } from 'express';
import { getFacebookAgent } from '../utils/agent-cache.ts';

export const router = Router();

router.get('/', async (_req, res) => {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});
`;

export const CACHE_MODULE = `import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

let agent: FacebookAdsAgent | undefined;

export async function getFacebookAgent(): Promise<FacebookAdsAgent> {
  agent ??= new FacebookAdsAgent();
  return agent;
}

export function getCachedAgentProvider(_options: { cacheTtl: number }) {
  return { getAgent: getFacebookAgent };
}
`;

export const AGENT_MODULE = `export class FacebookAdsAgent {
  async getCampaigns(): Promise<string[]> {
    return [];
  }
}
`;

/** What every tree of this kind has beside its routes and tasks. */
export const GROUND = {
  'package.json':
    '{ "type": "module", "dependencies": { "express": "^5.0.0" }, "scripts": { "bench": "node bench.js" } }\n',
  'src/agents/facebook-ads-agent.ts': AGENT_MODULE,
  'src/utils/agent-cache.ts': CACHE_MODULE,
};
