import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import {
  type Span as ApiSpan,
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Span, SpanFacts, Tracer } from '#ports/tracer/tracer.js';
import { type DeliveryTold, toldOnce } from './delivery.js';

export interface TracerOptions extends DeliveryTold {
  /** Of the OTLP/HTTP receiver of traces, path included. Headers, certificates, time-outs: `OTEL_EXPORTER_OTLP_…`. */
  readonly url: string;
  readonly serviceName: string;
  /** What else is said of this process: codes. */
  readonly about?: Readonly<Record<string, string>>;
  /** How long the end may wait for what is left to be sent, in milliseconds. Default 3000. */
  readonly closedWithinMs?: number;
}

export interface OpenTracer {
  readonly tracer: Tracer;
  /** Sends what is left, for as long as `closedWithinMs` at the most. */
  close(): Promise<void>;
}

/**
 * Spans through the SDK of OpenTelemetry, as OTLP in JSON over HTTP. Nothing global is set and nothing patched: whoever is not
 * given the tracer is not traced. A collector that is away costs spans and nothing else.
 */
export function openTracer(options: TracerOptions): OpenTracer {
  const { url, serviceName, about = {}, closedWithinMs = 3000, ...told } = options;
  const exporter = toldOnce(new OTLPTraceExporter({ url }), told);
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes(given()))
      .merge(
        resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': randomUUID(), ...codesOf(about) }),
      ),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const spans = provider.getTracer('temoin');
  const under = new AsyncLocalStorage<Context>();

  const begin = (name: string, facts: SpanFacts, parent: Context, kind = SpanKind.INTERNAL) => {
    const span = spans.startSpan(codeOr(name, 'unnamed'), { kind, attributes: codesOf(facts) }, parent);
    return { span, context: trace.setSpan(parent, span) };
  };
  const run = <T>(name: string, facts: SpanFacts, parent: Context, work: (span: Span) => T): T => {
    const { span, context } = begin(name, facts, parent);
    try {
      const result = under.run(context, () => work(adding(span)));
      if (!(result instanceof Promise)) {
        span.end();
        return result;
      }
      return result.then(
        (value) => {
          span.end();
          return value;
        },
        (error: unknown) => {
          failed(span, error);
          throw error;
        },
      ) as T;
    } catch (error) {
      failed(span, error);
      throw error;
    }
  };

  return {
    tracer: {
      span: (name, facts, work) => run(name, facts, under.getStore() ?? ROOT_CONTEXT, work),
      inside(name, facts, work) {
        const parent = under.getStore();
        return parent === undefined ? work(nothing) : run(name, facts, parent, work);
      },
      note(name, facts) {
        const parent = under.getStore();
        if (parent) trace.getSpan(parent)?.addEvent(codeOr(name, 'unnamed'), codesOf(facts));
      },
      request(name, facts, traceparent) {
        const { span, context } = begin(name, facts, parentOf(traceparent), SpanKind.SERVER);
        return {
          ...adding(span),
          run: (work) => under.run(context, work),
          end: () => span.end(),
        };
      },
    },
    async close() {
      let late: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        late = setTimeout(resolve, closedWithinMs);
      });
      await Promise.race([provider.shutdown().catch(() => undefined), patience]);
      clearTimeout(late);
    },
  };
}

/** The ids of `traceparent` are taken; `tracestate`, in which anybody may write anything, is not. */
function parentOf(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  if (parent === null) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    ...parent,
    traceFlags: parent.traceFlags & TraceFlags.SAMPLED,
    isRemote: true,
  });
}

const nothing: Span = { add: () => undefined };

const adding = (span: ApiSpan): Span => ({
  add(facts) {
    span.setAttributes(codesOf(facts));
    if (Number(facts['http.response.status_code']) >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  },
});

function failed(span: ApiSpan, error: unknown): void {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  span.setAttribute('error.type', codeOr(typeof code === 'string' ? code : name, 'fault'));
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** The second lock, behind the list of names: what does not look like a code does not leave. */
const CODE = /^[A-Za-z0-9/(][\w.:/(){}*~ -]{0,399}$/;
const codeOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && CODE.test(value) ? value : otherwise;

function codesOf(facts: SpanFacts | Readonly<Record<string, string>>): Attributes {
  const codes: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(facts) as [string, unknown][])
    if (typeof value === 'number') codes[name] = value;
    else if (value !== undefined) codes[name] = codeOr(value, 'withheld');
  return codes;
}

/** What `OTEL_RESOURCE_ATTRIBUTES` says of the service and where it is deployed; nothing of machines and people. */
const given = (): Attributes =>
  Object.fromEntries(
    Object.entries((envDetector.detect().attributes ?? {}) as Attributes).filter(([name]) =>
      /^(service|deployment)\./.test(name),
    ),
  );
