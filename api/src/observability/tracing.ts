export type SpanAttributes = Record<string, string | number | boolean | undefined>;

/** What a tracer does here. Nothing that it is told holds a secret. */
export interface Tracing {
  /** Runs `work` as a span of the current one; of `parent`, a {@link position} taken before, where one is given. */
  span<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>, parent?: unknown): Promise<T>;
  /** Where we are in a trace, for work that runs elsewhere. */
  position(): unknown;
  /** The trace that we are in. */
  traceId(): string | undefined;
  /** Names the request being answered by its route's pattern. */
  route(pattern: string): void;
}

let tracing: Tracing | undefined;

/** Whether there is a tracer: one variable, for paths where a look at each call is too dear. */
export function isTracing(): boolean {
  return tracing !== undefined;
}

/** @param tracer undefined for none */
export function setTracing(tracer: Tracing | undefined): void {
  tracing = tracer;
}

/** Runs `work` as a span; without a tracer, runs it and nothing else. */
export function inSpan<T>(
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<T>,
  parent?: unknown,
): Promise<T> {
  return tracing === undefined ? work() : tracing.span(name, attributes, work, parent);
}

/** See {@link Tracing.position}; undefined without a tracer. */
export function tracePosition(): unknown {
  return tracing?.position();
}

/** The id of the trace that we are in, if any. */
export function currentTraceId(): string | undefined {
  return tracing?.traceId();
}

/** See {@link Tracing.route}. */
export function noteRoute(pattern: string): void {
  tracing?.route(pattern);
}
