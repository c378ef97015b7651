export type Claim =
  /** Do it now, then say so. Somebody began at `triedSince`, by the store's clock, and may have done it. */
  | { state: 'ours'; triedSince: Date | undefined }
  /** Somebody is at it, or died at it a moment ago. */
  | { state: 'theirs' }
  | { state: 'done' };

/** Times in seconds. */
export interface ClaimTimes {
  /** How long the claim stands while its owner gives no sign of life. */
  lease: number;
  /** For how long it is remembered that it was tried. */
  ttl: number;
}

/** Remembers what has been done, for all who share the store. */
export interface OnceLedger {
  claim(what: string, owner: string, times: ClaimTimes): Promise<Claim>;
  /** @param ttlSeconds for how long it is remembered */
  done(what: string, ttlSeconds: number): Promise<void>;
  /** Lets somebody else do it at once, who learns that it was tried. */
  release(what: string, owner: string): Promise<void>;
  /** Whether it is known to be done. */
  isDone(what: string): Promise<boolean>;
}
