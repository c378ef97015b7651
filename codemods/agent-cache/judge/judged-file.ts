import type { Migration } from '../migration.ts';
import type { CodemodOptions } from '../options.ts';
import type { Project } from '../project.ts';
import { keptWith } from '../source/kept-with.ts';
import { openFile } from '../source/open-file.ts';
import { findFactoriesOfImported } from '../survey/factories/find-factories.ts';
import { findSites } from '../survey/factories/find-sites.ts';
import { findOwn } from '../survey/factories/own-findings.ts';
import { findRemoteFactories } from './find-remote-factories.ts';
import { judgeSites } from './judge-sites.ts';
import { findBuildersOfTheClass } from './rules/builders-of-the-class.ts';
import { findOtherReferences } from './rules/class-out-of-sight.ts';
import { findSubclasses } from './rules/subclasses.ts';

/** What a file has, and what is to become of each place: nothing of this depends on what other files are to become. */
const steps = [
  findOwn,
  findOtherReferences,
  findBuildersOfTheClass,
  findSubclasses,
  findRemoteFactories,
  findFactoriesOfImported,
  findSites,
  judgeSites,
];

/**
 * Finds and judges the places of a file, once for each text. `text` is without its byte order mark.
 * @throws SyntaxError when the text does not parse
 */
export function judgedFile(
  path: string,
  text: string,
  options: CodemodOptions,
  project: Project | undefined,
): Migration {
  const opened = openFile(path, text, options, project);
  return keptWith(opened.program, 'judged', () => {
    for (const step of steps) step(opened);
    return opened;
  });
}
