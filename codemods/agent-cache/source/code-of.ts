import type { Project } from '../project.ts';

/** The text of a file as it is analysed, without its byte order mark; empty for one that cannot be read. */
export function codeOf(file: string, project: Project | undefined): string {
  return (project?.read(file) ?? '').replace(/^\uFEFF/, '');
}
