import { deeply, someOf } from '../../support/depth.ts';
import { randomUUID } from 'node:crypto';
import { NotionClient } from '../../../api/src/integrations/notion-client.ts';
import { paragraph } from '../../../api/src/integrations/notion-blocks.ts';
import { ProblemError } from '../../../api/src/errors.ts';
import { type NotionServer, notionError, startNotionServer } from '../../support/notion-server.ts';
import type { Fault } from '../../support/loopback-server.ts';
import { failureOf } from './failure-of.ts';

const page = { title: 'Summer sale', children: [paragraph('All is well.')] };

describe('NotionClient', () => {
  let server: NotionServer;

  beforeAll(async () => {
    server = await startNotionServer();
  });
  afterEach(() => server.heal());
  afterAll(() => server.close());

  const client = (settings: object = {}) => new NotionClient({ ...server.access, ...settings });

  test('makes a page in the data source of the database, which it looks up once', async () => {
    const notion = client();
    server.requests.length = 0;
    const made = await notion.createPage(page);
    await notion.createPage(page);
    const stored = server.pages.at(-2);
    expect(made).toEqual({ id: stored?.id, url: `https://notion.example/${stored?.id}` });
    expect(stored).toMatchObject({ title: 'Summer sale', children: page.children });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /v1/databases/${server.access.databaseId}`,
      'POST /v1/pages',
      'POST /v1/pages',
    ]);
  });

  test('finds pages by title, the most recently edited first', async () => {
    const notion = client();
    for (const title of ['Winter 1', 'Autumn', 'Winter 2']) await notion.createPage({ ...page, title });
    const found = await notion.search('winter');
    expect(found.map(({ title }) => title)).toEqual(['Winter 2', 'Winter 1']);
    expect(found[0]).toEqual({
      id: expect.any(String),
      title: 'Winter 2',
      url: `https://notion.example/${found[0]?.id}`,
      last_edited_time: expect.stringMatching(/^2026-03-01T/),
    });
    expect(await notion.search('spring')).toEqual([]);
  });

  test('finds a page by a mark in its title, of those made since a moment', async () => {
    const notion = client();
    const before = new Date();
    const made = await notion.createPage({ ...page, title: 'Weak (17, score 9)' });
    await notion.createPage({ ...page, title: 'Weak (18, score 9)' });
    expect(await notion.findPage({ mark: '(17, ', since: before })).toEqual(made);
    expect(await notion.findPage({ mark: '(19, ', since: before })).toBeUndefined();
    // Clocks differ by less.
    const later = new Date(before.getTime() + 10 * 60_000);
    expect(await notion.findPage({ mark: '(17, ', since: later })).toBeUndefined();
  });

  test.each([{ token: undefined }, { databaseId: undefined }])(
    'says what to set, given %p',
    async (missing) => {
      const notion = client(missing);
      const detail = 'Notion is not configured: set NOTION_TOKEN and NOTION_DATABASE_ID';
      expect(notion.configured).toBe(false);
      expect(() => notion.assertConfigured()).toThrow(detail);
      server.requests.length = 0;
      for (const call of [notion.createPage(page), notion.search('x')]) {
        expect(await failureOf(call)).toMatchObject({ status: 503, message: detail });
      }
      expect(server.requests).toEqual([]);
    },
  );

  test('is configured with a token and a database', () => {
    expect(client().configured).toBe(true);
    expect(() => client().assertConfigured()).not.toThrow();
  });

  test.each<[string, Fault, number, string]>(
    someOf([
      [
        '403',
        notionError(403, 'restricted_resource'),
        502,
        'Notion refused the configured credentials (403)',
      ],
      ['404', notionError(404, 'object_not_found'), 502, 'Notion answered with status 404'],
      ['500', notionError(500, 'internal_server_error'), 502, 'Notion answered with status 500'],
      ['a page of HTML', { status: 502, body: '<html>' }, 502, 'Notion answered with status 502'],
      ['no JSON', { status: 200, body: '<html>' }, 502, 'Notion sent an answer that cannot be read'],
      ['503', notionError(503, 'service_unavailable'), 503, 'Notion is unavailable'],
      ['529', notionError(529, 'service_overload'), 503, 'Notion is unavailable'],
      ['a closed connection', 'drop', 503, 'Notion cannot be reached'],
    ]),
  )('turns %s into a typed error', async (_, fault, status, detail) => {
    server.fail(fault);
    expect(await failureOf(client().createPage(page))).toMatchObject({ status, message: detail });
    expect(await failureOf(client().search('x'))).toMatchObject({ status, message: detail });
  });

  test('passes a limit on at once, with its Retry-After', async () => {
    server.fail({ ...notionError(429, 'rate_limited'), headers: { 'retry-after': '17' } });
    server.requests.length = 0;
    const failure = await failureOf(client().search('x'));
    expect(failure).toMatchObject({ status: 429, headers: { 'Retry-After': '17' } });
    expect(server.requests).toHaveLength(1);
  });

  test.each<[Fault]>([['hang'], ['hang-body']])(
    'gives up on an answer that does not come (%s)',
    async (fault) => {
      server.fail(fault);
      const failure = await failureOf(client({ timeoutSeconds: 0.05 }).search('x'));
      expect(failure).toMatchObject({ status: 504, message: 'Notion did not answer within 0.05 s' });
    },
  );

  deeply('cannot reach a server that is gone', async () => {
    const gone = await startNotionServer();
    await gone.close();
    const failure = await failureOf(client({ url: gone.url }).search('x'));
    expect(failure).toMatchObject({ status: 503, headers: { 'Retry-After': '30' } });
  });

  deeply('remembers no failed look-up of the data source', async () => {
    const notion = client();
    server.fail(notionError(503, 'service_unavailable'));
    await failureOf(notion.createPage(page));
    server.heal();
    await expect(notion.createPage(page)).resolves.toMatchObject({ id: expect.any(String) });
  });

  test('finds the data source again that somebody has put in the place of the one it knew', async () => {
    const notion = client();
    await notion.createPage(page);
    const replace = () => {
      const id = randomUUID();
      server.dataSources.splice(0, 1, { id, name: 'Reports' });
      return id;
    };
    const replaced = replace();
    expect((await notion.createPage({ ...page, title: 'After' })).id).toBe(server.pages.at(-1)?.id);
    expect(server.pages.at(-1)).toMatchObject({ title: 'After', parent: { data_source_id: replaced } });
    replace();
    expect(await notion.findPage({ mark: 'After', since: new Date() })).toBeDefined();
  });

  test.each([
    ['a search', (notion: NotionClient) => notion.search('winter')],
    ['a look for a page', (notion: NotionClient) => notion.findPage({ mark: 'x', since: new Date() })],
  ])('%s reads by POST, and is tried again when Notion fails in passing', async (_what, read) => {
    const notion = client();
    await notion.createPage(page);
    let failures = 2;
    server.fail(
      notionError(503, 'service_unavailable'),
      ({ path }) => /search|query/.test(path) && failures-- > 0,
    );
    await expect(read(notion)).resolves.not.toThrow();
    expect(failures).toBe(-1);
  });

  test('says when the database has no data source', async () => {
    const [source] = server.dataSources.splice(0);
    const failure = await failureOf(client().createPage(page));
    if (source) server.dataSources.push(source);
    expect(failure).toMatchObject({
      status: 502,
      message: 'The configured Notion database has no data source',
    });
  });

  test('never tells the token', async () => {
    const token = 'wrong-notion-token-not-real';
    const failure = await failureOf(client({ token }).search('x'));
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({
      status: 502,
      message: 'Notion refused the configured credentials (401)',
    });
    const { message, stack, cause, headers, extensions } = failure;
    expect(JSON.stringify([message, stack, String(cause), cause, headers, extensions])).not.toContain(token);
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);
  });

  deeply('prints nothing by itself', async () => {
    const lines: unknown[] = [];
    const { warn, error, info } = console;
    console.warn = console.error = console.info = (...args) => lines.push(args);
    server.fail(notionError(500, 'internal_server_error'));
    await failureOf(client().search('x'));
    Object.assign(console, { warn, error, info });
    expect(lines).toEqual([]);
  });
});
