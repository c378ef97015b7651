import { writeSync } from 'node:fs';
import { openStateFile } from '../../../api/src/stores/sqlite/sqlite-stores.ts';

// Writes without end, one line for each record that the state file has acknowledged.
const [path = '', first = '0'] = process.argv.slice(2);
const { chat } = openStateFile(path);

async function write(n: number): Promise<void> {
  const key = `user-${Math.floor(n / 100)}`;
  await chat.append(key, { at: new Date().toISOString(), message: String(n), type: 'help' });
  writeSync(1, `${n}\n`);
  setImmediate(() => void write(n + 1));
}

void write(Number(first));
