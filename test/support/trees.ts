import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArguments } from './script-arguments.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A temporary folder of files, named by paths with forward slashes. */
export interface Tree {
  root: string;
  path(file: string): string;
  write(file: string, content: string | Buffer): void;
  read(file: string): string;
  bytes(file: string): Buffer;
  /** The names of all files below `folder`, sorted. */
  list(folder?: string): string[];
  remove(): void;
}

/** Creates a folder of files under the system's temporary folder; the caller removes it. */
export function createTree(files: Record<string, string | Buffer> = {}): Tree {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'tree-')));
  const at = (file: string) => path.join(root, file);
  const write = (file: string, content: string | Buffer) => {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  return {
    root,
    path: at,
    write,
    read: (file) => readFileSync(at(file), 'utf8'),
    bytes: (file) => readFileSync(at(file)),
    list: (folder = '.') =>
      readdirSync(at(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => path.relative(at(folder), path.join(entry.parentPath, entry.name)))
        .sort(),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** How a process ended, and what it said. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Where and with what a script runs. */
export interface ScriptOptions {
  cwd?: string;
  input?: string;
  env?: Record<string, string>;
}

/** Runs a TypeScript file of `scripts/` as its own process, to its end. */
export async function runScript(
  script: string,
  args: readonly string[],
  options: ScriptOptions = {},
): Promise<Ended> {
  return await runCommand(process.execPath, [...scriptArguments(script), ...args], options);
}

/** Runs a command to its end; what it inherits of this process's own colour and git settings is taken away. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd = repository, input = '', env = {} }: ScriptOptions = {},
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(FORCE_COLOR|NO_COLOR|NODE_OPTIONS|GIT_.*)$/.test(name),
  );
  const child = spawn(command, args, { cwd, env: { ...Object.fromEntries(inherited), ...env } });
  const collected = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      collected[name] += text;
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, ...collected };
}

/** Makes a git repository of a folder and commits what is in it. */
export async function commitAll(folder: string): Promise<void> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '-m', 'Start'],
  ]) {
    const { code, stderr } = await runCommand('git', args, { cwd: folder });
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
}
