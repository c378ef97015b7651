import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One shape of the fixtures: a file as it was, and as the codemod leaves it. */
export interface ShapeCase {
  topic: string;
  name: string;
  /** The input's file name, whose extension picks the parser. */
  file: string;
  before: string;
  /** The same text as `before` where the codemod leaves the shape alone. */
  after: string;
}

/** Reads `<topic>/<case>.input.<ext>` and the outputs beside them; sorted by topic and name. */
export function readShapeCases(folder: string): ShapeCase[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.input\.[cm]?[jt]sx?$/.test(file))
    .sort()
    .map((file) => readCase(folder, file.split(path.sep).join('/')));
}

function readCase(folder: string, file: string): ShapeCase {
  const input = path.join(folder, file);
  const output = path.join(folder, file.replace('.input.', '.output.'));
  const before = readFileSync(input, 'utf8');
  const after = existsSync(output) ? readFileSync(output, 'utf8') : before;
  const topic = path.posix.dirname(file);
  return { topic, name: path.posix.basename(file).replace(/\.input\..*$/, ''), file: input, before, after };
}
