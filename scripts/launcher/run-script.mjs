import { createRequire } from 'node:module';
import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * V8's compilation of all functions of a script, those too that a first run would not come to.
 * @param {{ file: string, source: string }} bundle
 * @returns {Buffer}
 */
export function compile(bundle) {
  v8.setFlagsFromString('--no-lazy');
  try {
    const script = scriptOf(bundle);
    // Compilations are refused under other flags than those they were written with.
    v8.setFlagsFromString('--lazy');
    return script.createCachedData();
  } finally {
    v8.setFlagsFromString('--lazy');
  }
}

/**
 * Runs a script as Node runs a CommonJS module.
 * @param {{ file: string, source: string, compiled: Buffer }} bundle
 */
export function runScript({ file, source, compiled }) {
  const module = { exports: {} };
  scriptOf({ file, source, compiled }).runInThisContext()(module.exports, createRequire(file), module);
}

function scriptOf({ file, source, compiled }) {
  return new vm.Script(`(function (exports, require, module) { ${source}\n})`, {
    filename: file,
    cachedData: compiled,
  });
}
