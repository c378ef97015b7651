import { readFile } from 'node:fs/promises';
import { ConfigError, loadConfig } from '../../api/src/config.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('.env.example documents every variable that the configuration reads, and no other', async () => {
  const known = [...(await read('api/src/config/shapes.ts')).matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
    ([, name]) => name,
  );
  const documented = [...(await read('.env.example')).matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(
    ([, name]) => name,
  );
  expect(known.length).toBeGreaterThan(25);
  expect(new Set(documented)).toEqual(new Set(known));
});

test('.env.example, copied and not filled in, names what must be filled in', async () => {
  const env = Object.fromEntries(
    (await read('.env.example')).split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
  let faults: string[] = [];
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) faults = error.faults;
  }
  expect(faults).toEqual([
    'API_KEY: is missing',
    'FACEBOOK_ACCESS_TOKEN: is missing',
    'FACEBOOK_AD_ACCOUNT_ID: is missing',
    'FACEBOOK_APP_ID: is missing',
    'FACEBOOK_APP_SECRET: is missing',
    'JWT_SECRET: is missing (or set JWT_JWKS_URL)',
  ]);
});
