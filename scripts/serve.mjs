// Starts the service, or its worker, from its bundle: `node scripts/serve.mjs server|worker [ROOT]`.
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { keepServer } from './build/keep-server.mjs';
import { REPOSITORY } from './build/paths.mjs';

const [program, root = REPOSITORY] = process.argv.slice(2);
const file = await keepServer(program, root);
// Stack traces name the sources' lines.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);
