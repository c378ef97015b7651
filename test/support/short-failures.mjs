const MOST_LINES = 120;
const LONGEST_LINE = 2000;

/** Stands before the reporters that print: what failed is told in lines that a person reads, whatever was compared. */
export default class ShortFailures {
  onTestResult(_test, result) {
    if (result.failureMessage) result.failureMessage = shorten(result.failureMessage);
  }
}

/** @param {string} text */
export function shorten(text) {
  const lines = text
    .split('\n')
    .map((line) =>
      line.length > LONGEST_LINE
        ? `${line.slice(0, LONGEST_LINE)}… ${line.length - LONGEST_LINE} more characters`
        : line,
    );
  if (lines.length <= MOST_LINES) return lines.join('\n');
  const half = MOST_LINES / 2;
  const left = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, half),
    `    … ${left} lines are left out: run this file alone with --reporters default to see them`,
    ...lines.slice(-half),
  ].join('\n');
}
