import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { startApp, type TestApp } from '../../support/app.ts';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ warm: true });
});
afterAll(() => app.stop());

// Continuous integration installs the browser; without one there is nothing to open the page with.
(CHROMIUM ? test : test.skip)('the documentation page opens, takes a token and makes a call', async () => {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(app.url) && !request.url().startsWith('data:'))
        elsewhere.push(request.url());
    });
    await page.goto(`${app.url}/docs`);

    await page.locator('button.authorize').first().click();
    await page.locator('#auth-bearer-value').first().fill(app.tokens.user);
    await page.locator('.modal-ux button.authorize').first().click();
    await page.locator('.modal-ux button.btn-done').first().click();

    const operation = page.locator('#operations-Campaigns-getCampaigns');
    await operation.locator('.opblock-summary').click();
    await operation.locator('button.try-out__btn').click();
    const [response] = await Promise.all([
      page.waitForResponse(/\/api\/v1\/campaigns/),
      operation.locator('button.execute').click(),
    ]);
    expect(response.status()).toBe(200);
    await operation.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
    expect(await operation.locator('.live-responses-table').innerText()).toContain('"campaigns"');
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  } finally {
    await browser.close();
  }
});
