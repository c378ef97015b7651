import { enterUserFolder } from './agent-cache/user-folder.ts';
import { runProve } from './prove/run-prove.ts';

enterUserFolder(process.env);
process.exitCode = await runProve(process.argv.slice(2));
