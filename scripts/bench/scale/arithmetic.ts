/** What the shipped settings come to; see docs/scale.md. */
const CONNECTIONS_PER_PROCESS = 2;
const PROBE_SECONDS = 2;
const PING_SECONDS = 2;
const POLL_SECONDS = 30;
const TTL_SECONDS = 3600;
const REFRESH_AHEAD = 0.8;
/** RESP of one message on the channel: its envelope, the channel's name, the token. */
const MESSAGE_BYTES = 120;

export interface SteadyState {
  processes: number;
  connections: number;
  /** Commands per second that Redis gets although nothing happens. */
  idleCommandsPerSecond: number;
  /** Bytes that one invalidation sends to subscribers. */
  publishBytes: number;
  /** Token validations an hour: of all processes, each on its own; and together. */
  validationsAlone: number;
  validationsTogether: number;
}

/** The arithmetic of a quiet hour in a fleet of so many API processes. */
export function steadyState(processes: number): SteadyState {
  const perProcess = 1 / PROBE_SECONDS + 1 / PING_SECONDS + 1 / POLL_SECONDS;
  const perHour = 3600 / (TTL_SECONDS * REFRESH_AHEAD);
  return {
    processes,
    connections: processes * CONNECTIONS_PER_PROCESS,
    idleCommandsPerSecond: Math.round(processes * perProcess),
    publishBytes: processes * MESSAGE_BYTES,
    validationsAlone: Math.round(processes * perHour),
    validationsTogether: Math.ceil(perHour),
  };
}
