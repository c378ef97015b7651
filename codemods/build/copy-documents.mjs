import { copyFileSync, cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DIST, REPOSITORY } from './paths.mjs';

/** Copies the schemas of the configuration and of the reports, and the jobs of pipelines, for a team to use. */
export function copyDocuments() {
  const docs = path.join(REPOSITORY, 'docs');
  for (const name of readdirSync(docs).filter((each) => each.endsWith('.schema.json'))) {
    copyFileSync(path.join(docs, name), path.join(DIST, name));
  }
  cpSync(path.join(docs, 'ci'), path.join(DIST, 'ci'), { recursive: true });
}
