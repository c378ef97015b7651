import { appendFileSync } from 'node:fs';
import path from 'node:path';

const MOST = 10;

/** Tells the ten slowest files, the slowest last; into the file that `SLOWEST_FILES` names, where CI asks for it. */
export default class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    const files = testResults.map(({ testFilePath, perfStats }) => ({
      name: path.relative(process.cwd(), testFilePath),
      seconds: perfStats.runtime / 1000,
    }));
    if (files.length <= MOST) return;
    const slowest = files.sort((a, b) => a.seconds - b.seconds).slice(-MOST);
    const text = slowest
      .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${name}\n`)
      .join('');
    if (process.env.SLOWEST_FILES) appendFileSync(process.env.SLOWEST_FILES, text);
    else process.stderr.write(`\nThe slowest files\n${text}`);
  }
}
