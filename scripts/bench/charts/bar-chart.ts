export interface Bar {
  label: string;
  value: number;
  emphasis: boolean;
}

export interface BarChart {
  title: string;
  /** Written after each value. */
  unit: string;
  /** Bars of a logarithmic chart begin at a tenth of one unit. */
  scale: 'linear' | 'log';
  bars: Bar[];
}

const WIDTH = 760;
const LABEL_WIDTH = 190;
const VALUE_WIDTH = 90;
const ROW = 30;
const HEAD = 48;
const LOG_START = 0.1;

/** Horizontal bars as a standalone SVG that reads well on light and dark pages. */
export function drawBars({ title, unit, scale, bars }: BarChart): string {
  const height = HEAD + bars.length * ROW + 12;
  const room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  const largest = Math.max(...bars.map(({ value }) => value));
  const lengthOf = (value: number) => {
    const share =
      scale === 'linear' ? value / largest : Math.log(value / LOG_START) / Math.log(largest / LOG_START);
    return Math.max(1, Math.round(share * room));
  };
  const rows = bars.map(({ label, value, emphasis }, index) => {
    const y = HEAD + index * ROW;
    const length = lengthOf(value);
    const fill = emphasis ? '#1a7f37' : '#8c959f';
    return [
      `  <text x="${LABEL_WIDTH - 10}" y="${y + 16}" text-anchor="end">${escapeXml(label)}</text>`,
      `  <rect x="${LABEL_WIDTH}" y="${y + 2}" width="${length}" height="20" rx="3" fill="${fill}"/>`,
      `  <text x="${LABEL_WIDTH + length + 8}" y="${y + 16}">${format(value)}${escapeXml(unit)}</text>`,
    ].join('\n');
  });
  const note = scale === 'log' ? ' (logarithmic)' : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(title)}" font-family="system-ui, sans-serif" font-size="13" fill="#1f2328">
  <rect width="${WIDTH}" height="${height}" rx="6" fill="#ffffff"/>
  <text x="16" y="26" font-size="15" font-weight="600">${escapeXml(title)}${note}</text>
${rows.join('\n')}
</svg>
`;
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
