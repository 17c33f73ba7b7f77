import type { Logger } from 'pino';
import type { Tracer } from '#ports/tracer/tracer.js';
import type { Configuration } from '../composition/configuration.js';

export interface Traces {
  readonly tracer: Tracer;
  /** Sends what is left, within seconds. */
  close(): Promise<void>;
}

/** Where the configuration names a collector: until then nothing of OpenTelemetry is loaded. */
export async function openTraces({ traces, role }: Configuration, log: Logger): Promise<Traces | undefined> {
  if (traces === undefined) return undefined;
  const { openTracer } = await import('#adapters/tracer-opentelemetry/tracer-opentelemetry.js');
  return openTracer({
    ...traces,
    about: { 'temoin.role': role },
    onLost: (code) => log.warn({ code }, 'the collector of traces does not take them: they are lost, nothing else is'),
    onDelivered: () => log.info('traces are delivered again'),
  });
}
