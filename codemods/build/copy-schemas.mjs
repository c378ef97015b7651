import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DIST, REPOSITORY } from './paths.mjs';

/** Copies the schemas of the configuration and of the reports, for editors and pipelines of a team. */
export function copySchemas() {
  const docs = path.join(REPOSITORY, 'docs');
  for (const name of readdirSync(docs).filter((each) => each.endsWith('.schema.json'))) {
    copyFileSync(path.join(docs, name), path.join(DIST, name));
  }
}
