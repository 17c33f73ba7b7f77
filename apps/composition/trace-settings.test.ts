import { loadConfiguration } from './configuration.js';

const tracesOf = (env: Readonly<Record<string, string>>) => loadConfiguration(env, []).traces;

describe('where traces are sent', () => {
  it('is nowhere until a collector is named, and nowhere when OpenTelemetry is switched off', () => {
    expect(tracesOf({})).toBeUndefined();
    expect(tracesOf({ OTEL_SERVICE_NAME: 'temoin-essai' })).toBeUndefined();
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'TRUE' };
    expect(tracesOf(off)).toBeUndefined();
  });

  it('is the common address with the path of traces behind, or the address of traces as it stands', () => {
    for (const OTEL_EXPORTER_OTLP_ENDPOINT of ['https://c.example/otlp', 'https://c.example/otlp/'])
      expect(tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT })).toEqual({
        url: 'https://c.example/otlp/v1/traces',
        serviceName: 'temoin',
      });
    const exactly = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c.example/mine',
      OTEL_SERVICE_NAME: 'temoin-essai',
    };
    expect(tracesOf(exactly)).toEqual({ url: 'https://c.example/mine', serviceName: 'temoin-essai' });
  });

  it('is refused by the name of its variable, without what was given', () => {
    for (const given of ['ftp://user:secret@c.example', 'http://', 'secret'])
      expect(() => tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: given })).toThrow(
        expect.objectContaining({
          code: 'bad-setting',
          message: expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT (?!.*secret)/),
        }),
      );
  });
});
