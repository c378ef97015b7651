const TASK_AT_MARGIN = /^[-*+] \[[ xX]\] \S/gm;

/**
 * Offsets where the text may be cut: its start, and each task that begins at the margin. Nothing but an open
 * fence or an open piece of HTML can hold such a line inside.
 */
export function splitSegments(text: string): number[] {
  const starts = Array.from(text.matchAll(TASK_AT_MARGIN), (match) => match.index);
  return starts[0] === 0 ? starts : [0, ...starts];
}
