const RENEWED = 'renewed ';

/** How a guard is written of a cell that is empty, or that the code has found to be out of date. */
export function renewed(cell: string): string {
  return `${RENEWED}${cell}`;
}

/** The cell that a guard is about. */
export function cellOfGuard(guard: string): string {
  return guard.startsWith(RENEWED) ? guard.slice(RENEWED.length) : guard;
}
