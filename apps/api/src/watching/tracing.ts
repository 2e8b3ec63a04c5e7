import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { type TracerProviderOptions } from '@opentelemetry/sdk-trace';
import { systemScheduler } from '../system.js';
import { knownOperation } from './known-operations.js';
import { type Step, type Watcher } from './watch.js';

const QUEUE_SPANS_MAX = 2_048; // spans that wait to be sent; more are dropped
const BATCH_SPANS_MAX = 512; // spans of one message
const SEND_EVERY_MS = 2_000; // ms
const SEND_MS = 2_000; // ms one message may take
const STOP_MS = 1_000; // ms in which the last spans may be sent when the process ends
const SERVICE = 'saksgang';

export type Tracing = Readonly<{ watcher: Watcher; stop: () => Promise<void> }>;

/**
 * Spans of operations, their commands and appends, sent by OTLP over HTTP to `endpoint`. The packages that do so are loaded now and not
 * before: whoever does not trace does not carry them. An endpoint that is away costs the spans, nothing else.
 */
export const startTracing = async (endpoint: string): Promise<Tracing> => {
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: SEND_MS });
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: QUEUE_SPANS_MAX,
    maxExportBatchSize: BATCH_SPANS_MAX,
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: SEND_MS,
  });
  const provider = new TracerProvider({ spanProcessors: [processor], resource: ITSELF });
  return {
    watcher: tracedBy(provider.getTracer(SERVICE)),
    // What cannot be sent any more is let go of.
    stop: () => Promise.race([provider.shutdown().catch(() => undefined), systemScheduler.sleep(STOP_MS)]),
  };
};

/** Each span stands below the one that is open where it begins; an operation below its client's own, if it names one. */
export const tracedBy = (tracer: Tracer): Watcher => {
  const current = new AsyncLocalStorage<Context>();
  return (step) => {
    const parent = step.is === 'operation' ? contextOf(step.headers['traceparent']) : (current.getStore() ?? ROOT_CONTEXT);
    const { name, kind, attributes } = toldOf(step);
    const span = tracer.startSpan(name, { kind, attributes }, parent);
    return {
      within: (run) => current.run(trace.setSpan(parent, span), run),
      ended: ({ outcome, code }) => {
        span.setAttribute('saksgang.outcome', outcome);
        if (code !== null) span.setAttribute('saksgang.code', code);
        if (outcome === 'failed' || outcome === 'errors' || outcome === 'timeout') span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  };
};

type Resource = NonNullable<TracerProviderOptions['resource']>;
/** What the spans are of. */
const ITSELF: Resource = {
  attributes: { 'service.name': SERVICE },
  asyncAttributesPending: false,
  merge: () => ITSELF,
  getRawAttributes: () => [['service.name', SERVICE]],
};

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;

/** The client's own span, by the header of W3C Trace Context; none where it is missing or malformed. */
const contextOf = (header: string | readonly string[] | undefined): Context => {
  const [, traceId = '', spanId = '', flags = ''] = (typeof header === 'string' && TRACEPARENT.exec(header)) || [];
  const client = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(client) ? trace.setSpanContext(ROOT_CONTEXT, client) : ROOT_CONTEXT;
};

type Told = Readonly<{ name: string; kind: SpanKind; attributes: Attributes }>;

/** Names of things this program knows, never a value that somebody sent. */
const toldOf = (step: Step): Told => {
  switch (step.is) {
    case 'operation': {
      const name = knownOperation(step.name);
      const attributes = { 'graphql.operation.type': step.type, 'graphql.operation.name': name };
      return { name: `${step.type} ${name}`, kind: SpanKind.SERVER, attributes };
    }
    case 'command':
      return { name: `command ${step.command}`, kind: SpanKind.INTERNAL, attributes: { 'saksgang.command': step.command } };
    case 'append':
      return { name: 'append', kind: SpanKind.CLIENT, attributes: { 'saksgang.entries': step.entries } };
  }
};
