import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Told when spans begin to be lost, and when they are delivered again: once for each outage. */
export interface DeliveryTold {
  readonly onLost: (code: string) => void;
  readonly onDelivered: () => void;
}

/** The same exporter. That a collector is away is nobody's fault here: said once, the spans dropped, nothing thrown. */
export function toldOnce(exporter: SpanExporter, { onLost, onDelivered }: DeliveryTold): SpanExporter {
  let losing = false;
  return {
    export(spans, done) {
      exporter.export(spans, ({ code, error }) => {
        const failed = code !== ExportResultCode.SUCCESS;
        if (failed && !losing) onLost(codeOf(error));
        if (!failed && losing) onDelivered();
        losing = failed;
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

/** Never the message: it may hold the address with a password in it. */
function codeOf(error: unknown): string {
  const { code, name, cause } = (error ?? {}) as {
    readonly code?: unknown;
    readonly name?: unknown;
    readonly cause?: unknown;
  };
  if (typeof code === 'string' || typeof code === 'number') return String(code);
  if (cause !== undefined) return codeOf(cause);
  return typeof name === 'string' ? name : 'fault';
}
