import { deeply, someOf } from '../support/depth.ts';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { httpClient } from '../../scripts/checklist/live/http.ts';
import { hasMetric, readMetric } from '../../scripts/checklist/live/prometheus-text.ts';
import { check, GROUND, NEW_WAY, removeTrees, report, runScript, Tree } from './checklist-tree.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    }),
  );
});
afterAll(removeTrees);

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Deployment {
  /** How many agents a request to the path makes, given how many came before. */
  creates: (earlier: number) => number;
  token?: string;
  metrics?: boolean;
  countsHits?: boolean;
  /** Whether the health endpoint tells of hits and of its process. */
  healthHits?: boolean;
  status?: number;
}

/** A deployment with the health and metrics endpoints, whose agents are only counted. */
function deployment({
  creates,
  token,
  metrics = true,
  countsHits = true,
  healthHits = false,
  status = 200,
}: Deployment) {
  const seen: string[] = [];
  let asked = 0;
  let created = 0;
  let hits = 0;
  const listener: RequestListener = (req, res) => {
    seen.push(`${req.method} ${req.url}`);
    const send = (code: number, body: string) => res.writeHead(code).end(body);
    if (req.url === '/health/agent-cache')
      return send(
        200,
        JSON.stringify({ creation_count: created, ...(healthHits ? { hits, process: 'a' } : {}) }),
      );
    if (req.url?.includes('no-such-path') === true) return send(404, '{}');
    if (req.url === '/metrics') {
      return metrics
        ? send(
            200,
            `# TYPE facebook_agent_cache_hits_total counter\nfacebook_agent_cache_hits_total ${hits}\n`,
          )
        : send(404, 'no');
    }
    if (req.url === '/health') return send(200, '{}');
    if (req.url === '/search') return send(400, '{}');
    if (req.url === '/guarded' || req.url === '/nowhere') return send(401, '{}');
    if (token !== undefined && req.headers.authorization !== `Bearer ${token}`)
      return send(401, 'who are you?');
    const made = creates(asked++);
    created += made;
    if (made === 0 && countsHits) hits += 1;
    return send(status, '{"campaigns":[]}');
  };
  return { listener, seen };
}

function migratedTree(checks = ''): Tree {
  return new Tree({ ...GROUND, 'MIGRATION.md': `- [x] \`src/a.ts\`\n${checks}`, 'src/a.ts': NEW_WAY });
}

const CACHING: Deployment = { creates: (earlier) => (earlier === 0 ? 1 : 0) };

test('a deployment that caches is proven', async () => {
  const { listener, seen } = deployment(CACHING);
  const url = await serve(listener);
  const { ok, live } = await report(migratedTree(), ['--url', url, '--requests', '7']);
  expect(ok).toBe(true);
  expect(live).toMatchObject({
    ok: true,
    url,
    path: '/api/v1/campaigns',
    requests: 7,
    sent: 18,
    creations: 1,
    hits: 11,
    otherHits: 0,
  });
  expect(live?.overheadP50Ms).toBeCloseTo((live?.cachedP50Ms ?? 0) - (live?.healthP50Ms ?? 0), 1);
  expect(seen.filter((request) => request === 'GET /api/v1/campaigns')).toHaveLength(18);
});

test('a deployment that creates per request is told from it', async () => {
  const url = await serve(deployment({ creates: () => 1 }).listener);
  const { live, summary } = await report(migratedTree(), ['--url', url, '--requests', '5', '--path', '/x']);
  expect(live).toMatchObject({ ok: false, creations: 13, hits: 0 });
  expect(live?.findings.map(({ message }) => message)).toEqual([
    expect.stringContaining(
      '13 requests to /x created 13 agents, where one is allowed: it creates per request',
    ),
    expect.stringContaining('raised the hits of the cache by 0: they do not go through the cache'),
  ]);
  expect(summary.findings).toBe(2);
});

test('requests that go past the cache show in the hits', async () => {
  const url = await serve(deployment({ creates: () => 0, countsHits: false }).listener);
  const { ok, live } = await report(migratedTree(), ['--url', url, '--requests', '3']);
  expect(ok).toBe(false);
  expect(live).toMatchObject({ creations: 0, hits: 0 });
});

test('a deployment that shows no hits proves nothing; it may keep its metrics to itself where its health shows them', async () => {
  const hidden = await serve(deployment({ ...CACHING, metrics: false }).listener);
  const { ok, live } = await report(migratedTree(), ['--url', hidden, '--requests', '3']);
  expect(ok).toBe(false);
  expect(live?.findings).toMatchObject([
    { message: expect.stringMatching(/^not proven, because the hits of the cache are not shown/) },
  ]);
  const { stdout } = await check(migratedTree(), ['--url', hidden, '--requests', '3']);
  expect(stdout).toContain('hits not shown');
  expect(stdout).toContain('the deployment is not proven');
  const telling = await serve(deployment({ ...CACHING, metrics: false, healthHits: true }).listener);
  const proven = await check(migratedTree(), ['--url', telling, '--requests', '3']);
  expect(proven.exitCode).toBe(0);
  expect(proven.stdout).toContain('the deployment is proven for /api/v1/campaigns');
});

test('a path that never takes an agent from the cache proves nothing', async () => {
  const url = await serve(deployment({ creates: () => 0, metrics: false }).listener);
  const { ok, live } = await report(migratedTree(), ['--url', url, '--requests', '3']);
  expect(ok).toBe(false);
  expect(live?.findings[0]?.message).toContain('creation_count is still 0');
});

test('requests that fail half way are not blamed on the cache', async () => {
  const { listener } = deployment(CACHING);
  let asked = 0;
  const url = await serve((req, res) => {
    if (req.url === '/api/v1/campaigns' && ++asked > 4) res.writeHead(429).end();
    else listener(req, res);
  });
  const { live } = await report(migratedTree(), ['--url', url, '--requests', '3']);
  expect(live?.findings.map(({ message }) => message)).toEqual([
    expect.stringContaining('1 of 2 requests to /api/v1/campaigns failed: answered 429'),
  ]);
});

test('a token is sent, asked for and never printed', async () => {
  const token = 'test-token-not-real';
  const url = await serve(deployment({ ...CACHING, token }).listener);
  const without = await check(migratedTree(), ['--url', url, '--requests', '2']);
  expect(without.exitCode).toBe(1);
  expect(without.stdout).toContain('2 of 2 requests to /api/v1/campaigns failed: answered 401 (give --token');
  const withToken = await check(migratedTree(), ['--url', url, '--requests', '2', '--token', token]);
  expect(withToken.exitCode).toBe(0);
  const fromEnvironment = await check(migratedTree(), ['--url', url, '--requests', '2'], {
    CHECKLIST_TOKEN: token,
  });
  expect(fromEnvironment.exitCode).toBe(0);
  const wrong = await check(migratedTree(), ['--url', url, '--requests', '2', '--token', `${token}-wrong`]);
  expect(wrong.exitCode).toBe(1);
  for (const { stdout, stderr } of [without, withToken, fromEnvironment, wrong]) {
    expect(stdout + stderr).not.toContain(token);
  }
});

test.each([
  [429, 'answered 429 (lower --requests)'],
  [503, 'answered 503'],
  [302, 'answered 302, a redirect'],
])('a path that answers %i proves nothing', async (status, message) => {
  const url = await serve(deployment({ ...CACHING, status }).listener);
  const { exitCode, stdout } = await check(migratedTree(), ['--url', url, '--requests', '2']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(message);
});

describe('whatever goes wrong is a finding', () => {
  async function faultOf(url: string, timeout = '30'): Promise<string> {
    const args = ['--url', url, '--requests', '2', '--timeout', timeout];
    const { live, ok } = await report(migratedTree(), args);
    expect(ok).toBe(false);
    return live?.findings.map(({ message }) => message).join('\n') ?? '';
  }

  test('a refusal', async () => {
    const url = await serve(() => {});
    const [server] = servers.splice(0);
    await new Promise((closed) => server?.close(closed));
    expect(await faultOf(url)).toBe('GET /health/agent-cache: the connection was refused');
  });

  test('a server that never answers', async () => {
    const url = await serve(() => {});
    expect(await faultOf(url, '0.2')).toBe('GET /health/agent-cache: no answer within 0.2 s');
  });

  test('an answer that never ends', async () => {
    const url = await serve((_req, res) => void res.writeHead(200).write('{'));
    expect(await faultOf(url, '0.2')).toBe('GET /health/agent-cache: no answer within 0.2 s');
  });

  deeply('a path that hangs', async () => {
    const { listener } = deployment(CACHING);
    const url = await serve((req, res) => {
      if (req.url !== '/api/v1/campaigns') listener(req, res);
    });
    // Long enough for the health endpoint to answer on a busy machine.
    expect(await faultOf(url, '2')).toBe('2 of 2 requests to /api/v1/campaigns failed: no answer within 2 s');
  });

  test('a cut connection', async () => {
    expect(await faultOf(await serve((req) => req.socket.destroy()))).toBe(
      'GET /health/agent-cache: the connection was cut',
    );
  });

  deeply('a connection that is lost before a word is said, in a process of its own', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => {}).destroy());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const args = ['--root', migratedTree().root, '--url', url, '--timeout', '0.5'];
    const { exitCode, stdout, stderr } = await runScript('migration-checklist.ts', args);
    server.close();
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/GET \/health\/agent-cache: (?:no answer within 0.5 s|the connection was cut)/);
  });

  test('an answer that is not HTTP', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => {}).end('nonsense\r\n\r\n'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const fault = await faultOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
    expect(fault).toBe('GET /health/agent-cache: the answer is not HTTP, or broke off');
  });

  test('a legacy deployment without the endpoint', async () => {
    const url = await serve((_req, res) => void res.writeHead(404).end());
    expect(await faultOf(url)).toBe('GET /health/agent-cache: answered 404');
  });

  test.each(['not json', '[]', '{"creation_count":"1"}', 'null'])('a health answer of %s', async (body) => {
    const url = await serve((_req, res) => void res.end(body));
    expect(await faultOf(url)).toBe('GET /health/agent-cache: the answer has no creation_count');
  });

  test('a body without end', async () => {
    const url = await serve((_req, res) => {
      const chunk = Buffer.alloc(1_000_000, 'x');
      const more = () => void res.write(chunk, (error) => error ?? more());
      more();
    });
    const outcome = await httpClient({ base: url, timeoutSeconds: 20 }).get('/');
    expect(outcome).toEqual({ ok: false, reason: 'the answer is larger than 5 MB' });
  });
});

/** Counters of a deployment that a test moves as it likes. */
class Model {
  readonly processes: { creations: number; hits: number; id: string | undefined; start: number }[];
  ttl: number | undefined;
  privateMetrics = false;
  /** What one request to the path does to the process that answers. */
  onPath = (process: { creations: number; hits: number }) => {
    process.hits += 1;
  };
  /** What happens at each reading, as if time went by. */
  onReading = () => {};
  /** What any request does. */
  onRequest: (url: string) => void = () => {};
  /** What else the health endpoint says. */
  health: object = {};
  path = { status: 200, type: 'application/json', body: '[]', headers: {} as Record<string, string> };
  fallback: { status: number; type: string; body: string } | undefined;
  /** What is not there gets no answer. */
  isSilentElsewhere = false;
  #turn = 0;

  constructor(processes: Partial<{ creations: number; hits: number; id: string; start: number }>[] = [{}]) {
    this.processes = processes.map((each, index) => ({
      creations: 1,
      hits: 0,
      id: undefined,
      start: index,
      ...each,
    }));
  }

  readonly listener: RequestListener = (req, res) => {
    const process = this.processes[this.#turn++ % this.processes.length];
    if (process === undefined) throw new Error('there is no process');
    const { url = '' } = req;
    this.onRequest(url);
    if (url === '/health/agent-cache') {
      this.onReading();
      const { creations, hits, id } = process;
      res.end(
        JSON.stringify({
          creation_count: creations,
          ...(id === undefined ? {} : { hits, process: id }),
          ...(this.ttl === undefined ? {} : { cache_ttl_seconds: this.ttl }),
          ...this.health,
        }),
      );
    } else if (url === '/metrics') {
      if (this.privateMetrics) res.writeHead(403).end();
      else
        res.end(
          `facebook_agent_cache_hits_total ${process.hits}\nprocess_start_time_seconds ${process.start}\n`,
        );
    } else if (url === '/api/v1/campaigns') {
      this.onPath(process);
      res
        .writeHead(this.path.status, { 'content-type': this.path.type, ...this.path.headers })
        .end(this.path.body);
    } else if (this.isSilentElsewhere) {
      res.destroy();
    } else if (this.fallback !== undefined) {
      res.writeHead(this.fallback.status, { 'content-type': this.fallback.type }).end(this.fallback.body);
    } else {
      res.writeHead(404).end();
    }
  };

  async prove(args: string[] = [], tree = migratedTree()): Promise<{ ok: boolean; words: string }> {
    const { live } = await report(tree, ['--url', await serve(this.listener), '--requests', '8', ...args]);
    return { ok: live?.ok ?? false, words: live?.findings.map(({ message }) => message).join('\n') ?? '' };
  }
}

describe('nothing is claimed that the readings do not carry', () => {
  test('hits that others raise while nobody here asks', async () => {
    const model = new Model();
    model.onPath = () => {};
    const process = model.processes[0];
    model.onReading = () => {
      if (process !== undefined) process.hits += 60;
    };
    expect(await model.prove()).toEqual({
      ok: false,
      words: expect.stringContaining('not proven, because other callers raise the hits as much'),
    });
  });

  test('a little of other traffic is subtracted', async () => {
    const model = new Model([{ id: 'a' }]);
    const process = model.processes[0];
    model.onReading = () => {
      if (process !== undefined) process.hits += 1;
    };
    expect(await model.prove(['--requests', '60'])).toEqual({ ok: true, words: '' });
  });

  test.each([2, 4, 8])(
    'a counter of creations that begins anew after %d, at a legacy deployment',
    async (most) => {
      const old = new Model([{ id: 'a' }]);
      old.onPath = (process) => {
        process.creations = (process.creations % most) + 1;
        process.hits += 1;
      };
      const { ok, words } = await old.prove();
      expect(ok).toBe(false);
      expect(words).toMatch(/counters went down|created \d+ agents/);
    },
  );

  test('counters of several processes, legacy or not, with and without names', async () => {
    const old = new Model([{ hits: 5000 }, { hits: 5300 }, { hits: 5600 }, { hits: 5900 }]);
    old.onPath = () => {};
    expect(await old.prove()).toEqual({
      ok: false,
      words: expect.stringMatching(/^not proven, because several processes answer/),
    });
    const unnamed = new Model(
      [{ hits: 5000 }, { hits: 5900 }, { hits: 5600 }, { hits: 5300 }].map((each) => ({ ...each, start: 7 })),
    );
    unnamed.onPath = () => {};
    expect((await unnamed.prove()).words).toMatch(/^not proven, because several processes answer/);
  });

  deeply('several processes that share one name, all of them cached or one of them legacy', async () => {
    const words = expect.stringMatching(
      /^not proven, because counters went down while "process" stayed "api"/,
    );
    const cached = new Model([{ id: 'api', hits: 900 }, { id: 'api', hits: 40 }, { id: 'api' }]);
    expect(await cached.prove()).toEqual({ ok: false, words });
    const [, legacy] = cached.processes;
    cached.onPath = (process) => {
      if (process === legacy) process.creations += 1;
      else process.hits += 1;
    };
    expect(await cached.prove()).toEqual({ ok: false, words });
    expect(await new Model([{ id: 'api', hits: 900 }]).prove()).toEqual({ ok: true, words: '' });
  });

  describe('several processes that name themselves', () => {
    const three = () => new Model([{ id: 'a', hits: 900 }, { id: 'b' }, { id: 'c', creations: 7 }]);
    type Change = (process: Model['processes'][number]) => void;
    const proven = (change: Change) => {
      const model = three();
      model.onPath = (process) => change(process as Model['processes'][number]);
      return model.prove();
    };
    const hit: Change = (process) => {
      process.hits += 1;
    };

    test('are proven together', async () => {
      expect(await proven(hit)).toEqual({ ok: true, words: '' });
    });

    test('may each make an agent once', async () => {
      const model = new Model([
        { id: 'a', creations: 0 },
        { id: 'b', creations: 0 },
      ]);
      model.onPath = (process) => {
        if (process.creations === 0) process.creations = 1;
        else process.hits += 1;
      };
      expect(await model.prove()).toEqual({ ok: true, words: '' });
    });

    test.each(
      someOf<[string, Change, RegExp]>([
        ['go past the cache', () => {}, /they do not go through the cache/],
        [
          'of which one goes past it',
          (of) => {
            if (of.id !== 'b') hit(of);
          },
          /^not proven, because \d+ requests/,
        ],
        [
          'of which one builds each time',
          (of) => {
            if (of.id === 'b') of.creations += 1;
            else hit(of);
          },
          /created \d+ agents/,
        ],
        [
          'of which one starts anew',
          (of) => {
            if (of.id === 'b') Object.assign(of, { id: 'd', hits: 0 });
            hit(of);
          },
          /restarted meanwhile/,
        ],
      ]),
    )('that %s are not', async (_what, change, words) => {
      expect(await proven(change)).toEqual({ ok: false, words: expect.stringMatching(words) });
    });

    test('of which there is another one for each request are not', async () => {
      const model = new Model([{ id: 'a' }]);
      let asked = 0;
      model.onReading = () => Object.assign(model.processes[0] ?? {}, { id: `p${asked++}` });
      expect((await model.prove()).words).toMatch(/^not proven, because several processes answer/);
    });
  });

  test('a restart in the middle', async () => {
    for (const id of ['a', undefined]) {
      const model = new Model([{ ...(id === undefined ? {} : { id }), hits: 500, start: 3 }]);
      const [process] = model.processes;
      let asked = 0;
      model.onPath = (each) => {
        each.hits += 1;
        asked += 1;
        if (asked === 10 && process !== undefined)
          Object.assign(process, {
            hits: 0,
            creations: 1,
            start: 9,
            ...(id === undefined ? {} : { id: 'b' }),
          });
      };
      expect(await model.prove()).toEqual({
        ok: false,
        words: expect.stringMatching(/^not proven, because the process restarted meanwhile/),
      });
    }
  });

  test('agents that expire: one a TTL is allowed, and no more', async () => {
    const model = new Model([{ id: 'a' }]);
    model.ttl = 0.02;
    let asked = 0;
    model.onPath = (process) => {
      asked += 1;
      if (asked === 12) process.creations += 1;
      else process.hits += 1;
    };
    expect(await model.prove()).toEqual({ ok: true, words: '' });
    const old = new Model([{ id: 'a' }]);
    old.ttl = 3600;
    old.onPath = (process) => {
      process.creations += 1;
    };
    expect((await old.prove()).words).toMatch(
      /created 20 agents, where one is allowed: it creates per request/,
    );
  });

  test.each(
    someOf([
      [
        'a page of a single-page application',
        { type: 'text/html', body: '<!doctype html>' },
        'with a web page',
      ],
      ['an error with 200', { body: '{"error":"no agent"}' }, 'with an error in it'],
      ['a problem with 200', { type: 'application/problem+json', body: '{}' }, 'with an error in it'],
      ['errors with 200', { body: '{"errors":[{"message":"no agent"}],"data":null}' }, 'with an error in it'],
      ['a failure with 200', { body: '{"success":false,"code":500,"request":"a"}' }, 'with an error in it'],
      ['a status of an error', { body: '{"status":"error","message":"no agent"}' }, 'with an error in it'],
      ['words of a proxy', { type: 'text/plain', body: '502 Bad Gateway' }, 'with an error in it'],
      [
        'one answer to all',
        { headers: { 'x-request-id': 'r-1' } },
        'answered twice with one x-request-id (r-1)',
      ],
      [
        'an edge',
        { headers: { 'cache-status': 'edge; hit; ttl=9' } },
        'a cache in front answered (cache-status',
      ],
      [
        'an edge with words of its own',
        { headers: { 'x-cache': 'TCP_MEM_HIT from edge' } },
        'a cache in front answered (x-cache',
      ],
      ['Varnish', { headers: { 'x-varnish': '32770 3' } }, 'a cache in front answered (x-varnish)'],
      ['a cache in front', { headers: { age: '12' } }, 'a cache in front answered (age: 12)'],
      [
        'a CDN',
        { headers: { 'cf-cache-status': 'HIT' } },
        'a cache in front answered (cf-cache-status: HIT)',
      ],
    ]),
  )('%s', async (_name, answer, words) => {
    const model = new Model([{ id: 'a' }]);
    Object.assign(model.path, answer);
    expect(await model.prove()).toEqual({ ok: false, words: expect.stringContaining(words) });
  });

  test.each(
    someOf([
      ['/api', { status: 404, type: 'application/json', body: '{}' }],
      ['/api/v1', { status: 404, type: 'application/json', body: '{}' }],
      ['/api/v1', { status: 200, type: 'text/html', body: '<!doctype html>' }],
      ['/api/v1', { status: 200, type: 'application/json', body: '{"error":"not found"}' }],
      ['/api/v1/campaigns', { status: 404, type: 'application/json', body: '{}' }],
    ]),
  )('hits that something before all of %s raises, with %o elsewhere', async (mount, fallback) => {
    const model = new Model([{ id: 'a' }]);
    const [process] = model.processes;
    Object.assign(model, { fallback });
    model.onPath = () => {};
    model.onRequest = (url) => {
      if (process !== undefined && url.startsWith(mount)) process.hits += 1;
    };
    expect(await model.prove()).toEqual({
      ok: false,
      words: expect.stringMatching(
        /^not proven, because \d+ requests to a path that is not there raised the hits/,
      ),
    });
  });

  test.each(
    someOf([
      ['details of one', /^\/api\/v1\/campaigns\/[^/]+(?:\/insights)?$/, undefined],
      [
        'whatever stands below the path, with data',
        /^\/api\/v1\/campaigns\/./,
        { status: 200, type: 'application/json', body: '{"id":"1","name":"a"}' },
      ],
    ]),
  )('routes that take an agent for %s change nothing', async (_name, route, fallback) => {
    const model = new Model([{ id: 'a' }]);
    const [process] = model.processes;
    if (fallback !== undefined) Object.assign(model, { fallback });
    model.onRequest = (url) => {
      if (process !== undefined && route.test(url)) process.hits += 1;
    };
    expect(await model.prove()).toEqual({ ok: true, words: '' });
  });

  deeply('hits that rise with requests of any kind', async () => {
    const model = new Model([{ id: 'a' }]);
    const [process] = model.processes;
    model.onPath = () => {};
    model.onRequest = () => {
      if (process !== undefined) process.hits += 1;
    };
    expect(await model.prove(['--requests', '60'])).toEqual({
      ok: false,
      words: expect.stringContaining('requests to a path that is not there raised the hits by'),
    });
  });

  test('hits of a deployment that gives no answer to what is not there', async () => {
    const model = new Model([{ id: 'a' }]);
    let asked = 0;
    model.onPath = (process) => {
      process.hits += 1;
      // Once the path was asked at once, and in its windows of half as many and as many.
      asked += 1;
      model.isSilentElsewhere = asked === 8 + 4 + 8;
    };
    expect(await model.prove()).toEqual({
      ok: false,
      words: expect.stringContaining('not proven, since a path that is not there gave no answer'),
    });
  });

  test('hits beside as many misses, or beside no agent', async () => {
    const model = new Model([{ id: 'a' }]);
    let misses = 0;
    model.onPath = (process) => {
      process.hits += 1;
      misses += 1;
      model.health = { misses };
    };
    expect((await model.prove()).words).toMatch(
      /^not proven, because 4 requests to \S+ raised the misses by 4$/,
    );
    const empty = new Model([{ id: 'a' }]);
    empty.health = { cached: false };
    expect((await empty.prove()).words).toMatch(/^not proven, because \S+ says that no agent is cached/);
    const odd = new Model([{ id: 'a', creations: -1 }]);
    expect((await odd.prove()).words).toContain('is no count');
  });

  test('agents that live no longer than a request', async () => {
    const model = new Model([{ id: 'a' }]);
    model.ttl = 0.000_001;
    model.onPath = (process) => {
      process.hits += 1;
      process.creations += 1;
    };
    expect((await model.prove()).words).toMatch(
      /^not proven, because 20 requests to \S+ created 20 agents, which live/,
    );
  });

  deeply('a handler that asks twice is proven, one that asks every other time is not', async () => {
    const model = new Model([{ id: 'a' }]);
    model.onPath = (process) => {
      process.hits += 2;
    };
    expect(await model.prove()).toEqual({ ok: true, words: '' });
    let asked = 0;
    model.onPath = (process) => {
      asked += 1;
      process.hits += asked % 2;
    };
    expect((await model.prove()).ok).toBe(false);
  });

  test('what any path is answered with', async () => {
    const model = new Model([{ id: 'a' }]);
    model.fallback = { status: 200, type: 'application/json', body: '[]' };
    expect((await model.prove()).words).toContain('is answered like a path that is not there');
  });

  test('caches that did not answer, and paths beside a fallback, are well', async () => {
    const model = new Model([{ id: 'a' }]);
    model.path.headers = {
      age: '0',
      'x-cache': 'Miss from edge',
      'cache-status': 'edge; fwd=stale',
      'x-varnish': '5',
    };
    model.path.body = '{"campaigns":[{"id":1}],"errors":[{"message":"one was left out"}],"error":null}';
    model.fallback = { status: 200, type: 'text/html', body: '<!doctype html>' };
    expect(await model.prove()).toEqual({ ok: true, words: '' });
  });
});

describe('checks of a deployment', () => {
  const guide = (check: string) => `- [x] r <!-- check: ${check} -->\n`;
  const verdictOf = async (model: Model, check: string, files: Record<string, string> = {}) => {
    const tree = migratedTree(guide(check));
    for (const [name, text] of Object.entries(files)) tree.write(name, text);
    const { checks } = await report(tree, ['--url', await serve(model.listener), '--requests', '2']);
    return checks[0];
  };

  test('a route that is answered like any path is looked up in the source', async () => {
    const model = new Model([{ id: 'a' }]);
    model.fallback = { status: 200, type: 'text/html', body: '<!doctype html>' };
    expect(await verdictOf(model, 'route GET /no/such/route')).toMatchObject({
      verdict: 'failed',
      findings: [
        { message: expect.stringContaining('is answered like a path that is not there, and no route') },
      ],
    });
    const source =
      "import express from 'express';\nconst app = express();\napp.get('/pages/about', (_req, res) => res.end());\napp.listen(3000);\n";
    expect(await verdictOf(model, 'route GET /pages/about', { 'src/app.ts': source })).toMatchObject({
      verdict: 'passed',
    });
    expect(await verdictOf(model, 'route GET /api/v1/campaigns')).toMatchObject({ verdict: 'passed' });
    model.fallback = { status: 422, type: 'application/json', body: '{"path":"?"}' };
    expect(await verdictOf(model, 'route GET /no/such/route')).toMatchObject({ verdict: 'failed' });
  });

  deeply('private metrics are looked up in the source', async () => {
    const model = new Model([{ id: 'a' }]);
    model.privateMetrics = true;
    const source =
      "import { Counter } from 'prom-client';\nexport const hits = new Counter({ name: 'facebook_agent_cache_hits_total', help: 'x' });\n";
    const metric = 'metric facebook_agent_cache_hits_total';
    expect(await verdictOf(model, metric, { 'src/metrics.ts': source })).toMatchObject({ verdict: 'passed' });
    expect(await verdictOf(model, metric)).toMatchObject({ verdict: 'failed' });
  });

  test('a server that is down is to be started, not the guide to be corrected', async () => {
    const url = await serve(() => {});
    const [server] = servers.splice(0);
    await new Promise((closed) => server?.close(closed));
    const { checks } = await report(migratedTree(guide('route GET /x')), ['--url', url, '--requests', '1']);
    expect(checks[0]?.findings[0]?.hint).toBe('start the deployment, or correct --url');
  });

  test('health and metrics may be elsewhere, and the token stays at home', async () => {
    const seen: (string | undefined)[] = [];
    const metrics = await serve((req, res) => {
      seen.push(req.headers.authorization);
      res.end(`facebook_agent_cache_hits_total ${model.processes[0]?.hits}\n`);
    });
    const model = new Model([{}]);
    const url = await serve((req, res) => {
      if (req.url === '/internal/cache') req.url = '/health/agent-cache';
      else if (req.url === '/metrics' || req.url === '/health/agent-cache') req.url = '/gone';
      model.listener(req, res);
    });
    const args = [
      '--url',
      url,
      '--requests',
      '4',
      '--health-path',
      '/internal/cache',
      '--metrics-url',
      `${metrics}/prometheus`,
    ];
    const env = { CHECKLIST_TOKEN: 'test-token-a', CHECKLIST_METRICS_TOKEN: 'test-token-b' };
    expect((await report(migratedTree(), args, env)).live).toMatchObject({ ok: true, hits: 6 });
    await report(migratedTree(), args, { CHECKLIST_TOKEN: 'test-token-a' });
    expect(new Set(seen)).toEqual(new Set(['Bearer test-token-b', undefined]));
  });
});

test('route and metric checks ask the deployment, and change nothing in it', async () => {
  const { listener, seen } = deployment(CACHING);
  const url = await serve(listener);
  const guide = [
    '- [ ] <!-- check: route GET /health -->health',
    '- [ ] query <!-- check: route GET /search -->',
    '- [ ] guarded <!-- check: route GET /guarded -->',
    '- [ ] guarded, or nothing <!-- check: route GET /nowhere -->',
    '- [ ] gone <!-- check: metric facebook_agent_cache_misses_total -->',
    '- [ ] hits <!-- check: metric facebook_agent_cache_hits_total -->',
    '- [ ] invalidate <!-- check: route POST /admin/invalidate-cache -->',
    '',
  ].join('\n');
  const tree = migratedTree(guide);
  tree.write(
    'src/app.js',
    "const app = express();\napp.get('/guarded', (_req, res) => res.end());\napp.listen(3000);\n",
  );
  const { checks } = await report(tree, ['--url', url, '--requests', '1']);
  expect(checks.map(({ target, verdict }) => [target, verdict])).toEqual([
    ['GET /health', 'passed'],
    ['GET /search', 'passed'],
    ['GET /guarded', 'passed'],
    ['GET /nowhere', 'failed'],
    ['facebook_agent_cache_misses_total', 'failed'],
    ['facebook_agent_cache_hits_total', 'passed'],
    ['POST /admin/invalidate-cache', 'failed'],
  ]);
  expect(seen.filter((request) => !request.startsWith('GET '))).toEqual([]);
});

test.each(
  someOf([
    [['--url', 'ftp://example.com'], 'http or https'],
    [['--url', 'nonsense'], 'http or https'],
    [['--url', 'http://user:secret@127.0.0.1'], 'no credentials'],
    [['--url', 'http://127.0.0.1', '--requests', '0'], 'whole number'],
    [['--url', 'http://127.0.0.1', '--path', 'x'], 'path from /'],
    [['--url', 'http://127.0.0.1', '--token', 'two words'], 'printable word'],
    [['--url', 'http://127.0.0.1', '--timeout', 'soon'], 'seconds'],
    [['--requests', '3'], '--requests needs --url'],
    [
      ['--url', 'http://localhost', '--path', '/health/agent-cache?a=1'],
      '--path has to take an agent, and is where the cache tells of itself',
    ],
  ]),
)('%j is bad usage', async (args, reason) => {
  const { exitCode, stderr, stdout } = await check(migratedTree(), args);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^checklist: [^\n]+\n$/);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain('secret');
  expect(stdout).toBe('');
});

test('Prometheus text: labels of any content, timestamps, sums, histograms', () => {
  const text = [
    '# TYPE a_total counter',
    'a_total{x="}\\" b"} 2 1700000000',
    'a_total{x="y"} 3',
    'a_total_more 9',
    '# TYPE lazy gauge',
    'h_bucket{le="1"} 4',
    'h_count 5',
    'nan NaN',
  ].join('\n');
  expect(readMetric(text, 'a_total')).toBe(5);
  expect(readMetric(text, 'h')).toBe(5);
  expect(readMetric(text, 'lazy')).toBeUndefined();
  expect(hasMetric(text, 'lazy')).toBe(true);
  expect(hasMetric(text, 'a')).toBe(false);
});

test('metrics are read as OpenMetrics writes them', () => {
  const text = [
    '# TYPE a counter',
    'a_total{process="1"} 3 1520879607.789 # {trace_id="x # y"} 1.0 1520879606.5',
    'a_total{path="/x}",process="2"} 4.0e0 # {trace_id="z"} 1',
    'a_created{process="1"} 1520430000.123',
    '{"b_total", path="{/x}"} 2',
    '{"b_total"} 1 1520879607.789',
    '# TYPE lazy counter',
    '# EOF',
  ].join('\r\n');
  expect(readMetric(text, 'a_total')).toBe(7);
  expect(readMetric(text, 'b_total')).toBe(3);
  expect(hasMetric(text, 'b_total')).toBe(true);
  expect(hasMetric(text, 'lazy_total')).toBe(true);
  expect(hasMetric(text, 'path')).toBe(false);
});
