/**
 * Sums the samples of a metric over all its labels; a histogram or a summary counts by its `_count`.
 *
 * @returns undefined when the text has no such metric
 */
export function readMetric(text: string, name: string): number | undefined {
  const samples = text
    .split('\n')
    .map((line) => SAMPLE.exec(line.trim()))
    .filter((match) => match?.[1] === name || match?.[1] === `${name}_count`)
    .map((match) => Number(match?.[2]))
    .filter((value) => !Number.isNaN(value));
  return samples.length === 0 ? undefined : samples.reduce((sum, value) => sum + value, 0);
}

/** Whether the text declares or samples a metric; a gauge without a value yet is declared only. */
export function hasMetric(text: string, name: string): boolean {
  return text.split('\n').some((line) => {
    const words = line.trim().split(/\s+/);
    return words[0] === '#'
      ? words[1] === 'TYPE' && words[2] === name
      : SAMPLE.exec(line.trim())?.[1] === name;
  });
}

/** `name{labels} value [timestamp]`; a label's value may hold anything, braces too. */
const SAMPLE = /^([A-Za-z_:][\w:]*)(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?\s+(\S+)(?:\s+-?\d+)?$/;
