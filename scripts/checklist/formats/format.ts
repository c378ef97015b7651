/** The ways to print a report. */
export const FORMATS = ['text', 'json', 'markdown', 'github', 'junit', 'sarif', 'html', 'badge'] as const;

export type Format = (typeof FORMATS)[number];

export function isFormat(value: string): value is Format {
  return FORMATS.some((format) => format === value);
}
