import path from 'node:path';
import type { NodePath } from '@babel/traverse';
import type { Source } from '../../migration.ts';
import { type NamesGiven, type Place, type Reason, type ReasonId, reason } from '../../reasons/reason.ts';
import { fileOf } from './opened-files.ts';
import { absolutePath } from '../../source/specifiers.ts';

/** Where a node stands: in the migration's own file, or in one that it looked into. */
export function placeAt(node: NodePath, source: Source): Place {
  const { line = 1, column = 0 } = node.node.loc?.start ?? {};
  return lineAt(fileOf(node, source), line, source, column + 1);
}

/** A reason whose sentence speaks of one place. */
export function reasonAt<Id extends ReasonId>(
  id: Id,
  place: NodePath,
  source: Source,
  ...names: NamesGiven<Id>
): Reason {
  return reason(id, [placeAt(place, source)], ...names);
}

/** A line of a file as a place. */
export function lineAt(file: string, line: number, source: Source, column = 1): Place {
  const absolute = absolutePath(file);
  return { file: absolute, shown: shownPath(absolute, source), line, column };
}

/** An absolute path as messages name the file: from its package's root on. */
export function shownPath(file: string, { project, path: own }: Source): string {
  const root = project?.packageRootOf(file) ?? path.posix.dirname(absolutePath(own));
  return path.posix.relative(root, file);
}
