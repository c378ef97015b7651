/**
 * Sums the samples of a metric over all its labels; a histogram or a summary counts by its `_count`.
 *
 * @returns undefined when the text has no such metric
 */
export function readMetric(text: string, name: string): number | undefined {
  const samples = text
    .split('\n')
    .map(sampleIn)
    .filter((sample) => sample?.name === name || sample?.name === `${name}_count`)
    .map((sample) => Number(sample?.value))
    .filter((value) => !Number.isNaN(value));
  return samples.length === 0 ? undefined : samples.reduce((sum, value) => sum + value, 0);
}

/** Whether the text declares or samples a metric; a gauge without a value yet is declared only. */
export function hasMetric(text: string, name: string): boolean {
  return text.split('\n').some((line) => {
    const words = line.trim().split(/\s+/);
    return words[0] === '#'
      ? words[1] === 'TYPE' && (words[2] === name || (words[3] === 'counter' && `${words[2]}_total` === name))
      : sampleIn(line)?.name === name;
  });
}

function sampleIn(line: string): { name: string | undefined; value: string | undefined } | undefined {
  const [, bare, quoted, value] = SAMPLE.exec(line.trim()) ?? [];
  return value === undefined ? undefined : { name: bare ?? quoted, value };
}

/**
 * `name{labels} value [timestamp] [# exemplar]`, also `{"name", labels} value`; a label's value may hold anything, braces
 * too. The name is the first group or the second one, the value the third.
 */
const SAMPLE =
  /^(?:([A-Za-z_:][\w:]*)(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?|\{\s*"([^"\\]+)"(?:\s*,(?:[^"}]|"(?:[^"\\]|\\.)*")*)?\})\s+(\S+)(?:\s+-?[\d.]+(?:e[+-]?\d+)?)?(?:\s+#\s.*)?$/i;
