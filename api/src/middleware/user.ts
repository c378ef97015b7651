/** Who sent a request, by its bearer token. */
export interface User {
  /** The token's `sub`. */
  id: string;
  role: 'user' | 'admin';
}
