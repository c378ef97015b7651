// The tests beside eight programs that take all the time that they can get: `npm run test:busy [-- PATTERNS]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';

const HOGS = 8;
const ROOT = path.dirname(import.meta.dirname);

const hogs = Array.from({ length: HOGS }, () =>
  spawn(
    process.execPath,
    [
      '--eval',
      'process.on("disconnect", () => process.exit()); const spin = () => { const end = Date.now() + 200; while (Date.now() < end); setImmediate(spin); }; spin();',
    ],
    {
      // A hog ends by itself when this process does.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  ),
);
const tests = spawn('npm', ['run', 'jest', '--', ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
const [code] = await once(tests, 'exit');
for (const hog of hogs) hog.kill('SIGKILL');
process.exitCode = code ?? 1;
