import { Writable } from 'node:stream';
import { paletteFor } from '../../scripts/cli/colour.ts';
import { createProgress } from '../../scripts/codemod/progress.ts';

/** Collects what is written, and says that it is a terminal if it is to. */
function stream(isTTY: boolean) {
  let text = '';
  const writable = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return Object.assign(writable, { isTTY, text: () => text });
}

describe('the progress bar', () => {
  test('is drawn over itself on a terminal once a run is long, names its phase, and is cleared', () => {
    const terminal = stream(true);
    let now = 0;
    const progress = createProgress(terminal, () => now);
    progress.update('reading', 1, 100);
    expect(terminal.text()).toBe('');
    now = 600;
    progress.update('migrating', 50, 100);
    progress.update('migrating', 51, 100);
    const line = `\r\u001B[K${'█'.repeat(12)}${'░'.repeat(12)} migrating 50 of 100 files`;
    expect(terminal.text()).toBe(line);
    progress.clear();
    progress.clear();
    expect(terminal.text()).toBe(`${line}\r\u001B[K`);
  });

  test('is drawn again at once after something was printed', () => {
    const terminal = stream(true);
    const progress = createProgress(terminal, () => 1e6);
    progress.update('migrating', 1, 2);
    progress.clear();
    expect(terminal.text()).toBe('');
    let now = 0;
    const later = createProgress(terminal, () => now);
    now = 600;
    later.update('migrating', 1, 2);
    later.clear();
    later.update('migrating', 1, 2);
    expect(terminal.text().match(/migrating 1 of 2 files/g)).toHaveLength(2);
  });

  test('never breaks over the end of the line, and is never written into a pipe', () => {
    const narrow = Object.assign(stream(true), { columns: 30 });
    let now = 0;
    const progress = createProgress(narrow, () => now);
    now = 600;
    progress.update('following imports of', 50, 100);
    expect(narrow.text().slice('\r\u001B[K'.length)).toHaveLength(29);
    const pipe = stream(false);
    const silent = createProgress(pipe, () => 1e6);
    silent.update('migrating', 50, 100);
    silent.clear();
    expect(pipe.text()).toBe('');
  });
});

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['a pipe', { isTTY: false }, {}, false],
  ['a terminal that is dumb', { isTTY: true }, { TERM: 'dumb' }, false],
  ['NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, true],
  ['FORCE_COLOR in a pipe', { isTTY: false }, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR=0 on a terminal', { isTTY: true }, { FORCE_COLOR: '0' }, false],
])('%s decides on colours', (_, output, env, coloured) => {
  const plain = paletteFor({ isTTY: false }, {});
  expect(paletteFor(output, env) !== plain).toBe(coloured);
});
