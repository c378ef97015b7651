type Environment = Readonly<Record<string, string | undefined>>;

/** How spans travel. */
export type Protocol = 'http/protobuf' | 'http/json';

/** What the standard variables ask for; undefined where they ask for nothing, as they do when none is set. */
export interface TracingSettings {
  protocol: Protocol;
}

/** A tracer at work. */
export interface RunningTracing {
  /** Sends what has not been sent yet. */
  stop(): Promise<void>;
}

const PROTOCOLS: readonly string[] = ['http/protobuf', 'http/json'] satisfies Protocol[];

/**
 * Reads whether traces are wanted, by the standard OTEL_* variables. The libraries read the others themselves.
 * @throws {Error} for what is asked for and not to be had
 */
export function readTracingSettings(env: Environment): TracingSettings | undefined {
  const { OTEL_TRACES_EXPORTER: exporter, OTEL_SDK_DISABLED: disabled } = env;
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (disabled?.toLowerCase() === 'true' || exporter === 'none' || !(endpoint || exporter)) return undefined;
  if (exporter && exporter !== 'otlp')
    throw new Error(`OTEL_TRACES_EXPORTER must be otlp or none, not ${exporter}`);
  const protocol =
    env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || 'http/protobuf';
  if (!isProtocol(protocol)) {
    throw new Error(`OTEL_EXPORTER_OTLP_PROTOCOL must be ${PROTOCOLS.join(' or ')}, not ${protocol}`);
  }
  return { protocol };
}

function isProtocol(text: string): text is Protocol {
  return PROTOCOLS.includes(text);
}
