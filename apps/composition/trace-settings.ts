import { setting, storeUrl } from './setting.js';

/** Traces are set as everywhere, by the variables of OpenTelemetry. */
export const traceSettings = {
  tracesTo: setting({
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    form: 'URL',
    doc: 'Where traces are sent: an OpenTelemetry collector that takes OTLP over HTTP (`/v1/traces` is put behind). Codes, counts and durations only. The further variables of OpenTelemetry hold too: `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_BSP_…`.',
    defaultDoc: 'none: nothing is traced',
    read: storeUrl('http', 'https'),
  }),
  tracesToExactly: setting({
    env: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    form: 'URL',
    doc: 'The same for traces alone, with the whole path.',
    defaultDoc: 'none',
    read: storeUrl('http', 'https'),
  }),
  tracesAs: setting({
    env: 'OTEL_SERVICE_NAME',
    form: 'NAME',
    doc: 'What the service is called in its traces.',
    defaultDoc: '`temoin`',
    read: (text) => ({ value: text ?? 'temoin' }),
  }),
  tracesOff: setting({
    env: 'OTEL_SDK_DISABLED',
    form: 'true',
    doc: '`true`: nothing is traced, whatever else is set.',
    defaultDoc: '`false`',
    read: (text) => ({ value: text?.toLowerCase() === 'true' }),
  }),
} as const;
