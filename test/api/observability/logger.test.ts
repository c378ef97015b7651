import { configureLogger, logger, registerSecret } from '../../../api/src/observability/logger.ts';
import { runInRequestContext } from '../../../api/src/observability/request-context.ts';
import { captureLogs, type LogCapture } from '../../support/log-capture.ts';

const SECRET = 'fake token/with+signs & "quotes"';
let logs: LogCapture;

beforeEach(() => {
  logs = captureLogs();
});

afterEach(() => {
  logs.stop();
  configureLogger({ level: 'info', format: 'text' });
});

function onlyLine(): string {
  expect(logs.lines).toHaveLength(1);
  return logs.lines[0] ?? '';
}

describe('text lines', () => {
  test('are time, level, message and fields', () => {
    logger.info('Task done', { task: 'daily report', count: 3, absent: undefined });
    expect(onlyLine()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z INFO Task done task="daily report" count=3$/);
  });

  test('stay one line whatever the message holds', () => {
    logger.warn('first\r\n2026-01-01T00:00:00Z ERROR forged\u2028\u001b[31m');
    expect(onlyLine()).toContain('first\\r\\n2026-01-01T00:00:00Z ERROR forged\\u2028\\u001b[31m');
  });

  test('carry the id of the request they belong to, also after awaits', async () => {
    await runInRequestContext({ requestId: 'req-1' }, async () => {
      await new Promise(setImmediate);
      logger.info('inside');
    });
    logger.info('outside');
    expect(logs.lines[0]).toMatch(/ INFO inside request_id=req-1$/);
    expect(logs.lines[1]).toMatch(/ INFO outside$/);
  });

  test('hold errors with their causes', () => {
    logger.error('Task failed', { error: new Error('outer', { cause: new TypeError('inner') }) });
    expect(onlyLine()).toMatch(/Error: outer\\n.*\\nCaused by: TypeError: inner/);
  });
});

describe('json lines', () => {
  test('are one object each', () => {
    configureLogger({ format: 'json' });
    const circular: Record<string, unknown> = { n: 1n };
    circular.self = circular;
    logger.info('hello', { circular });
    expect(JSON.parse(onlyLine())).toMatchObject({
      level: 'info',
      message: 'hello',
      circular: { n: '1', self: '[circular]' },
    });
  });
});

describe('level', () => {
  test('suppresses what lies below it', () => {
    logger.debug('hidden');
    configureLogger({ level: 'debug' });
    logger.debug('shown');
    expect(onlyLine()).toMatch(/ DEBUG shown$/);
  });
});

describe('registered secrets', () => {
  beforeAll(() => registerSecret(SECRET));

  test.each(['text', 'json'] as const)('never reach a %s line in any form', (format) => {
    configureLogger({ format });
    const cause = new Error(`inner ${SECRET}`);
    logger.error(`message ${SECRET} ${encodeURIComponent(SECRET)}`, {
      plain: SECRET,
      nested: { deep: [{ url: `https://graph.test/?q=${encodeURIComponent(SECRET)}` }] },
      json: JSON.stringify({ SECRET }),
      error: new Error(`outer ${SECRET}`, { cause }),
    });
    const line = onlyLine();
    expect(line).toContain('[redacted]');
    expect(line).not.toMatch(/with\+signs|with%2Bsigns|quotes/);
  });

  test('that contain one another are masked whole', () => {
    registerSecret('fake-short');
    registerSecret('fake-short-and-long');
    logger.info('x fake-short-and-long y');
    expect(onlyLine()).toMatch(/ x \[redacted\] y$/);
  });

  test('that are too short are left alone', () => {
    registerSecret('a');
    logger.info('banana');
    expect(onlyLine()).toMatch(/ banana$/);
  });
});

describe('unregistered credentials', () => {
  test('are masked by the name of their field and by their shape', () => {
    logger.info('GET /x?access_token=abc123&y=1 Bearer abcdefgh12345', {
      headers: { authorization: 'Basic abc', 'x-api-key': 'abc' },
    });
    const line = onlyLine();
    expect(line).not.toContain('abc');
    expect(line).toContain('&y=1');
  });
});
