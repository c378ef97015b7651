import { createRequire } from 'node:module';
import type { Span } from '@opentelemetry/api';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ProblemError } from '../../errors.ts';
import { type SpanAttributes, setTracing, type Tracing } from '../tracing.ts';
import { scrubbed } from './scrub.ts';
import type { Protocol, RunningTracing, TracingSettings } from './settings.ts';

const NAME = 'facebook-agent-cache';
/** Asked every few seconds by machines: nobody looks at a trace of it. */
const PROBES = /^\/(livez|readyz|health|metrics)\b/;

type Libraries = Awaited<ReturnType<typeof loadLibraries>>;

/** Has requests, calls to other systems, agents and tasks traced, and sends it by OTLP. */
export async function startOpenTelemetry({ protocol }: TracingSettings): Promise<RunningTracing> {
  const libraries = await loadLibraries();
  const { BatchSpanProcessor, NodeTracerProvider: Provider } = libraries.sdk;
  const { OTLPTraceExporter } = await exporterFor(protocol);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = libraries.resources;
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': NAME }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new Provider({
    resource,
    spanProcessors: [scrubbed(new BatchSpanProcessor(new OTLPTraceExporter()))],
  });
  provider.register();
  libraries.instrumentation.registerInstrumentations({ instrumentations: instrumentations(libraries) });
  // The server's class is patched when `http` is required, which this project never does.
  createRequire(import.meta.url)('node:http');
  setTracing(tracingBy(provider, libraries));
  return {
    async stop() {
      setTracing(undefined);
      await provider.shutdown();
    },
  };
}

/** Here and not above: in the service's bundle what stands above is loaded with it. */
async function loadLibraries() {
  const [api, core, instrumentation, http, undici, resources, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/instrumentation'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-undici'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-node'),
  ]);
  return { api, core, instrumentation, http, undici, resources, sdk };
}

function exporterFor(protocol: Protocol) {
  return protocol === 'http/json'
    ? import('@opentelemetry/exporter-trace-otlp-http')
    : import('@opentelemetry/exporter-trace-otlp-proto');
}

function instrumentations({ http, undici }: Libraries) {
  return [
    new http.HttpInstrumentation({
      // Calls go through undici.
      disableOutgoingRequestInstrumentation: true,
      ignoreIncomingRequestHook: ({ url = '' }) => PROBES.test(url),
      // A query may hold what was sent by mistake.
      requestHook: (span) => span.setAttributes({ 'url.query': '', 'http.target': '' }),
    }),
    new undici.UndiciInstrumentation({
      // The URL of a webhook is a secret, and so is what stands in Graph's queries.
      startSpanHook: ({ origin }) => ({ 'url.full': origin, 'url.path': '', 'url.query': '' }),
    }),
  ];
}

function tracingBy(provider: NodeTracerProvider, { api, core }: Libraries): Tracing {
  const { context, trace, SpanStatusCode } = api;
  const tracer = provider.getTracer(NAME);
  return {
    span(name, attributes, work, parent) {
      const within = (parent as ReturnType<typeof context.active> | undefined) ?? context.active();
      return tracer.startActiveSpan(name, { attributes: defined(attributes) }, within, (span) =>
        ended(span, work, SpanStatusCode.ERROR),
      );
    },
    position: () => context.active(),
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
    route(pattern) {
      const metadata = core.getRPCMetadata(context.active());
      if (metadata) metadata.route = pattern;
    },
  };
}

async function ended<T>(span: Span, work: () => Promise<T>, code: number): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Its message is made for callers and holds no secret; any other one's might.
    const message = error instanceof ProblemError ? error.message : undefined;
    span.setStatus({ code, message });
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}

function defined(attributes: SpanAttributes): Record<string, string | number | boolean> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string | number | boolean>;
}
