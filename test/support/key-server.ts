import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** An issuer of tokens that publishes its keys, and can change them. */
export interface KeyServer {
  url: string;
  requests: number;
  /** Publishes a new key in place of the others. */
  rotate(algorithm: 'RS256' | 'ES256' | 'PS256'): Promise<void>;
  /** A token of the newest key. */
  sign(claims?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export async function startKeyServer(): Promise<KeyServer> {
  let published: object[] = [];
  let current: { keys: Keys; algorithm: string; kid: string } | undefined;
  const server = createServer((_req, res) => {
    keyServer.requests++;
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const keyServer: KeyServer = {
    url: `http://127.0.0.1:${port}/keys`,
    requests: 0,
    async rotate(algorithm) {
      const keys = await generateKeyPair(algorithm, { extractable: true });
      const kid = `key-${Math.random().toString(36).slice(2)}`;
      current = { keys, algorithm, kid };
      published = [{ ...(await exportJWK(keys.publicKey)), kid, alg: algorithm, use: 'sig' }];
    },
    async sign(claims = {}) {
      if (current === undefined) throw new Error('rotate() makes the first key');
      return new SignJWT({ role: 'user', ...claims })
        .setProtectedHeader({ alg: current.algorithm, kid: current.kid })
        .setSubject('user-1')
        .setIssuer('facebook-agent-cache')
        .setAudience('facebook-agent-cache-api')
        .setIssuedAt()
        .setExpirationTime('10 minutes')
        .sign(current.keys.privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return keyServer;
}
