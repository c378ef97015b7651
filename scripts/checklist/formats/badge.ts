import type { Report } from '../report.ts';
import { headline, listed, type Renderer } from './presentation.ts';

/** What a badge says: how many of the files, and whether anything else is wrong. */
export function badgeOf({ ok, progress: { migrated, total } }: Report): { message: string; colour: string } {
  const message = `${migrated}/${total}`;
  if (ok && migrated === total) return { message, colour: '#2e7d32' };
  return { message, colour: ok || migrated * 2 >= total ? '#b26a00' : '#c62828' };
}

/** What no number says: the headline, and what was taken out of sight. */
function described(report: Report): string {
  const words = [
    headline(report),
    ...(report.excluded.length === 0 ? [] : [`excluded: ${listed(report.excluded)}`]),
  ];
  return words
    .join('; ')
    .replace(/\p{Cc}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

const LABEL = 'migration';
/** Widths of a letter and of the space around a text, at the size of a badge. */
const LETTER = 7;
const SPACE = 12;

/** A badge as SVG that needs no service; a file that ends with `.json` gets what shields.io reads of an address. */
export const renderBadge: Renderer = (report, { outputFile }) => {
  const { message, colour } = badgeOf(report);
  if (outputFile?.endsWith('.json'))
    return `${JSON.stringify({ schemaVersion: 1, label: LABEL, message, color: colour })}\n`;
  const left = LABEL.length * LETTER + SPACE;
  const right = message.length * LETTER + SPACE;
  const width = left + right;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${LABEL}: ${message}">
  <title>${LABEL}: ${message}</title>
  <desc>${described(report)}</desc>
  <rect width="${left}" height="20" fill="#444"/>
  <rect x="${left}" width="${right}" height="20" fill="${colour}"/>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="${left / 2}" y="14">${LABEL}</text>
    <text x="${left + right / 2}" y="14">${message}</text>
  </g>
</svg>
`;
};
