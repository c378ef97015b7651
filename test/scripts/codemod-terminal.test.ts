import { Writable } from 'node:stream';
import { paletteFor } from '../../scripts/codemod/colour.ts';
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
  test('is drawn over itself on a terminal once a run is long, and cleared', () => {
    const terminal = stream(true);
    let now = 0;
    const progress = createProgress(terminal, () => now);
    progress.update(1, 100);
    expect(terminal.text()).toBe('');
    now = 600;
    progress.update(50, 100);
    progress.update(51, 100);
    expect(terminal.text()).toBe(`\r\u001B[K${'█'.repeat(12)}${'░'.repeat(12)} 50 of 100 files`);
    progress.clear();
    progress.clear();
    expect(terminal.text().endsWith('50 of 100 files\r\u001B[K')).toBe(true);
    expect(terminal.text().match(/\r/g)).toHaveLength(2);
  });

  test('is never written into a pipe', () => {
    const pipe = stream(false);
    const progress = createProgress(pipe, () => 1e6);
    progress.update(50, 100);
    progress.clear();
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
