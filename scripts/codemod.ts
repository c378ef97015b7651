import { runCodemod } from './codemod/run-codemod.ts';

// It never rejects; a bundle of scripts cannot await at its top.
void runCodemod(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
