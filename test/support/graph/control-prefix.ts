/** What the paths begin with by which another process steers the server. */
export const CONTROL_PREFIX = '/__standin/';
