import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../../support/app.ts';
import { axeViolations, hasBrowser, launchBrowser, openPage } from '../../support/browser.ts';

/** What the libraries' own markup has, and no style of ours can mend. */
const OF_THE_LIBRARIES: Record<string, string[]> = {
  '/docs': ['heading-order', 'nested-interactive', 'region'],
  '/docs/reference': ['heading-order'],
};
const LOADED: Record<string, string> = {
  '/docs': '#operations-Campaigns-getCampaigns',
  '/docs/reference': '[id="operation/getCampaigns"]',
};

let app: TestApp;
let browser: Browser;

(hasBrowser ? describe : describe.skip)('in a browser', () => {
  beforeAll(async () => {
    app = await startApp({ warm: true });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app.stop();
  });

  test('the documentation page opens, takes a token, makes a call, and knows the token after a reload', async () => {
    const { page, complaints, close } = await openPage(browser, app.url);
    await page.goto(`${app.url}/`);
    expect(page.url()).toBe(`${app.url}/docs`);
    await page.locator('.operation-filter-input').waitFor();

    await page.locator('button.authorize').first().click();
    await page.locator('#auth-bearer-value').first().fill(app.tokens.user);
    await page.locator('.modal-ux button.authorize').first().click();
    await page.locator('.modal-ux button.btn-done').first().click();
    await page.reload();

    const operation = page.locator('#operations-Campaigns-getCampaigns');
    await operation.locator('.opblock-summary').click();
    const parameters = operation.locator('.parameters-container').first();
    expect(await parameters.innerText()).toMatch(/How many at most[\s\S]*(maximum: 100|\[1, 100\]|≤ 100)/);
    await operation.locator('button.try-out__btn').click();
    const [response] = await Promise.all([
      page.waitForResponse(/\/api\/v1\/campaigns/),
      operation.locator('button.execute').click(),
    ]);
    expect(response.status()).toBe(200);
    const live = operation.locator('.live-responses-table');
    await live.locator('.response-col_status', { hasText: '200' }).waitFor();
    expect(await live.innerText()).toContain('"campaigns"');
    expect(await live.innerText()).toMatch(/Request duration\s+\d+ ms/);
    expect(complaints).toEqual([]);
    await close();
  });

  test('the filter leaves the operations of one tag', async () => {
    const { page, close } = await openPage(browser, app.url);
    await page.goto(`${app.url}/docs`);
    await page.locator('#operations-Campaigns-getCampaigns').waitFor();
    await page.locator('.operation-filter-input').fill('Chat');
    await page.locator('#operations-Campaigns-getCampaigns').waitFor({ state: 'detached' });
    expect(await page.locator('.opblock').count()).toBe(2);
    await close();
  });

  test('the page to read finds an operation', async () => {
    const { page, complaints, close } = await openPage(browser, app.url, {
      viewport: { width: 1280, height: 900 },
    });
    await page.goto(`${app.url}/docs/reference`);
    await page.locator('[role=search] input').fill('pause');
    await page.locator('[role=search] [role=menuitem]').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test.each(
    ['/docs', '/docs/reference', '/docs/errors', '/docs/changelog'].flatMap((path) => [
      [path, 1280],
      [path, 390],
    ]),
  )('%s fits a window of %d pixels, and can be read by everybody', async (path, width) => {
    const { page, complaints, close } = await openPage(browser, app.url, {
      viewport: { width: Number(width), height: 900 },
      bypassCSP: true,
    });
    await page.goto(`${app.url}${path}`);
    await page.locator(LOADED[path] ?? 'h1').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const allowed = OF_THE_LIBRARIES[path] ?? [];
    const violations = await axeViolations(page);
    expect(violations.filter((each) => !allowed.includes(each.split(':', 1)[0] ?? ''))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
