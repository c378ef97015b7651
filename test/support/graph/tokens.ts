import { createHash } from 'node:crypto';
import { wordedError } from './error-wording.ts';
import type { GraphErrorDetail } from './graph-error.ts';
import type { Tenant } from './tenants.ts';

/** The app whose secret the server knows. */
export interface GraphApp {
  id: string;
  secret: string;
  name: string;
}

/** A user token and what Graph knows of it. Times in seconds since 1970. */
export interface UserToken {
  kind: 'user';
  id: string;
  value: string;
  userId: string;
  tenant: Tenant;
  accountIds: Set<string>;
  appId: string;
  issuedAt: number;
  expiresAt: number;
  dataAccessExpiresAt: number;
  /** The subcode of the 190 that it answers since it was revoked. */
  revokedBy: number | undefined;
}

/** `app_id|app_secret`, the only thing besides a developer's token that may ask `debug_token`. */
export interface AppToken {
  kind: 'app';
  id: 'app';
  value: string;
}

export type KnownToken = UserToken | AppToken;

/** The tokens that the server knows, by value and by the name that the journal shows. */
export class TokenBook {
  readonly app: GraphApp;
  readonly #now: () => Date;
  readonly #byValue = new Map<string, UserToken>();

  constructor(app: GraphApp, now: () => Date) {
    this.app = app;
    this.#now = now;
  }

  add(tenant: Tenant): UserToken {
    const token: UserToken = {
      kind: 'user',
      id: tenant.id,
      value: tenant.token,
      userId: `1220${createHash('sha256').update(tenant.id).digest().readUInt32BE(0)}`,
      tenant,
      accountIds: new Set([tenant.accountId]),
      issuedAt: Math.floor(this.#now().getTime() / 1000) - 86_400,
      appId: tenant.appId ?? this.app.id,
      expiresAt: tenant.expiresAt,
      dataAccessExpiresAt: tenant.dataAccessExpiresAt,
      revokedBy: undefined,
    };
    this.#byValue.set(token.value, token);
    return token;
  }

  find(value: string): KnownToken | undefined {
    if (value === `${this.app.id}|${this.app.secret}`) return { kind: 'app', id: 'app', value };
    return this.#byValue.get(value);
  }

  /** The name of a token for the journal; an unknown one is named by a digest, never by itself. */
  nameOf(value: string | undefined): string {
    if (value === undefined) return 'none';
    const known = this.find(value);
    return known?.id ?? `unknown-${createHash('sha256').update(value).digest('hex').slice(0, 8)}`;
  }

  /** From now on the token answers 190 with this subcode, and `is_valid: false` on `debug_token`. */
  revoke(id: string, subcode = 460): void {
    this.get(id).revokedBy = subcode;
  }

  restore(id: string): void {
    this.get(id).revokedBy = undefined;
  }

  /** @param expiresAt seconds since 1970, 0 for never */
  setExpiry(id: string, expiresAt: number): void {
    this.get(id).expiresAt = expiresAt;
  }

  /** @throws for an id that names no user token */
  get(id: string): UserToken {
    for (const token of this.#byValue.values()) if (token.id === id) return token;
    throw new Error(`The stand-in has no token named ${id}`);
  }

  /** Whether a token, by name, may see an account. */
  owns(id: string, accountId: string): boolean {
    for (const token of this.#byValue.values()) if (token.id === id) return token.accountIds.has(accountId);
    return false;
  }

  /** Why a token cannot be used, or undefined while it can. */
  faultOf(token: UserToken): GraphErrorDetail | undefined {
    const now = this.#now().getTime() / 1000;
    const expired = token.expiresAt !== 0 && now >= token.expiresAt;
    const subcode = token.revokedBy ?? (expired ? 463 : undefined);
    if (subcode === undefined) return undefined;
    return wordedError(190, subcode);
  }
}
