/** The command could not be done as it is; others can: its key is of another type, its script unknown. */
const OF_THE_COMMAND = ['ERR', 'NOPERM', 'NOSCRIPT', 'WRONGTYPE'];

/** Whether Redis answers and is well, and says no to this command; anything else is an outage. */
export function isRefusal(error: unknown): error is Error {
  // By its name, so that ioredis is not loaded without Redis.
  if (!(error instanceof Error && error.name === 'ReplyError')) return false;
  return OF_THE_COMMAND.some((code) => error.message.startsWith(`${code} `));
}
