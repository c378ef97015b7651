import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Pipeline } from './arguments.ts';
import { defaultBranch } from './default-branch.ts';

const FILES: Record<Pipeline, { source: string; target: string }> = {
  github: { source: 'github-actions.yml', target: '.github/workflows/checklist.yml' },
  gitlab: { source: 'gitlab-ci.yml', target: '.gitlab-ci.yml' },
  jenkins: { source: 'Jenkinsfile', target: 'Jenkinsfile' },
};

/**
 * The job of a pipeline that runs the checklist: where it belongs, from the root of the repository on, and its text, for the
 * repository's own default branch.
 */
export function pipelineFile(
  pipeline: Pipeline,
  repository: string | undefined,
): { target: string; text: string } {
  const { source, target } = FILES[pipeline];
  // In the package the jobs lie beside the bundle, in this repository under docs/.
  const places = ['./ci/', '../../docs/ci/'].map((folder) =>
    fileURLToPath(new URL(folder + source, import.meta.url)),
  );
  const file = places.find((each) => existsSync(each)) ?? source;
  const branch = JSON.stringify(defaultBranch(repository)).replace(/^"([A-Za-z][\w-]*)"$/, '$1');
  const text = readFileSync(file, 'utf8')
    .replace('branches: [main]', () => `branches: [${branch}]`)
    .replace(/(?:Copy to|Include in) \S+, after (`[^`]+`)/, 'Needs $1');
  return { target, text };
}
