import type { Proof } from './prove-tree.ts';

/** A proof for a terminal: places, assumptions, and what went wrong. */
export function proofText(proof: Proof): string {
  const { counts, types, tests } = proof;
  const lines = [
    ...proof.places.map(placeLine),
    '',
    ...proof.assumptions.map(({ id, of, why }) => `assumes ${id} of ${of}: ${why}`),
    ...(proof.init === undefined ? [] : [`no cache module was written: ${proof.init}`]),
    `${proof.files} files${proof.commit === undefined ? '' : ` of commit ${proof.commit.slice(0, 10)}`}, Express ${proof.express ?? 'not asked for'}`,
    `${counts.constructions} constructions of ${proof.agentClass}: ${counts.migrated} migrated, ${counts.left} left, ${counts.notSeen.length} not seen`,
    ...Object.entries(counts.reasons)
      .sort(([, a], [, b]) => b - a)
      .map(([id, number]) => `  ${number} × ${id}`),
    ...counts.notSeen.map((place) => `  not seen: ${place}`),
    `types: ${types.before} errors before, ${types.after} after, ${types.added.length} new${types.parts.length === 0 ? ' (nothing was changed)' : ` (${types.parts.join(', ')})`}`,
    ...types.added.map(({ file, code, message }) => `  ${file}: TS${code} ${message}`),
    ...proof.broken.map((file) => `does not parse any more: ${file}`),
    ...proof.changedAgain.map((file) => `changed again by a second run: ${file}`),
    ...(tests
      ? [`tests: ${tests.before} before, ${tests.after} after, ${tests.changed.length} changed`]
      : []),
    ...(tests?.changed ?? []).map(({ name, before, after }) => `  ${name}: ${before}, then ${after}`),
    proof.ok ? 'Nothing went wrong.' : 'Something went wrong.',
  ];
  return `${lines.join('\n').trimStart()}\n`;
}

function placeLine(place: Proof['places'][number]): string {
  const at = `${place.path}:${place.line}:${place.column}`;
  if (place.action !== 'manual') return `${at}  ${place.action}  ${planOf(place) ?? place.kind}`;
  return `${at}  left  ${place.reason ?? ''}`;
}

/** How the place was rewritten, where the report says it. */
function planOf(place: object): string | undefined {
  return 'plan' in place && typeof place.plan === 'string' ? place.plan : undefined;
}
