import { runCodemod } from './codemod/run-codemod.ts';

process.exitCode = await runCodemod(process.argv.slice(2));
