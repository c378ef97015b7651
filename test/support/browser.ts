import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PATHS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const CHROMIUM = PATHS.find((path) => path !== undefined && existsSync(path));

/** Continuous integration installs the browser; without one there is nothing to open a page with. */
export const hasBrowser = CHROMIUM !== undefined || process.env.CI !== undefined;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface WatchedPage {
  page: Page;
  /** What the page itself complained of, and what it asked of other servers. */
  complaints: string[];
  close: () => Promise<void>;
}

/** A page in a window of its own, which remembers what goes wrong on it. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const own = [origin, 'data:', `blob:${origin}`].some((start) => request.url().startsWith(start));
    if (!own) complaints.push(`asked ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** What axe finds, by rule, with the first element of each; the page must have been opened with `bypassCSP`. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)))',
  );
}

/** The windows and colours in which a page has to fit. */
export const WINDOWS = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const;

/** What is wrong with a page of one file: it is wider than its window, asks for something, or axe finds something. */
export async function faultsOfPage(
  browser: Browser,
  url: string,
  [width, colorScheme]: (typeof WINDOWS)[number],
): Promise<string[]> {
  const { page, complaints, close } = await openPage(browser, url, {
    viewport: { width, height: 900 },
    colorScheme,
    bypassCSP: true,
  });
  try {
    await page.goto(url);
    const beyond = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    const faults = [...complaints, ...(await axeViolations(page))];
    return beyond > 0 ? [`${beyond} pixels beyond its window`, ...faults] : faults;
  } finally {
    await close();
  }
}
