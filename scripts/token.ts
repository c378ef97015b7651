import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError, loadTokenSettings } from '../api/src/config.ts';
import { signToken, type TokenClaims } from './token/sign-token.ts';

const USAGE = `Usage: npm run token -- [--role user|admin] [--sub ID] [--ttl SECONDS]

Prints a bearer token for development, signed with JWT_SECRET of the environment or of .env.
  --role   user (default) or admin
  --sub    whose token it is; default dev-user or dev-admin
  --ttl    seconds until it expires; default 3600, at most 86400
`;
const LONGEST_TTL_SECONDS = 86_400;

try {
  const claims = readClaims(process.argv.slice(2));
  if (claims === undefined) {
    process.stdout.write(USAGE);
  } else {
    if (existsSync('.env')) process.loadEnvFile('.env');
    process.stdout.write(`${await signToken(claims, loadTokenSettings())}\n`);
  }
} catch (error) {
  const reason = error instanceof ConfigError ? error.faults.join('; ') : (error as Error).message;
  process.stderr.write(`token: ${reason}\n`);
  process.exitCode = 2;
}

/** @returns undefined when only help is wanted. @throws {Error} with one line for a person. */
function readClaims(args: string[]): TokenClaims | undefined {
  const { values } = parseArgs({
    args,
    options: {
      role: { type: 'string', default: 'user' },
      sub: { type: 'string' },
      ttl: { type: 'string', default: '3600' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const { role } = values;
  if (role !== 'user' && role !== 'admin') throw new Error(`--role must be user or admin, not ${role}`);
  const ttlSeconds = Number(values.ttl);
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > LONGEST_TTL_SECONDS) {
    throw new Error(`--ttl must be a whole number of seconds from 1 to ${LONGEST_TTL_SECONDS}`);
  }
  const sub = values.sub ?? `dev-${role}`;
  if (sub.trim() === '') throw new Error('--sub must not be empty');
  return { sub, role, ttlSeconds };
}
