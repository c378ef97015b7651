/** Small documents of one kind by key, each forgotten after its time. They travel as JSON. */
export interface Documents<T> {
  get(key: string): Promise<T | undefined>;
  /** @param ttlSeconds for how long it is kept, from now */
  put(key: string, document: T, ttlSeconds: number): Promise<void>;
  remove(key: string): Promise<void>;
  /** All of them, in order of their keys. */
  entries(): Promise<[key: string, document: T][]>;
}
