import { setTimeout as sleep } from 'node:timers/promises';
import type { SpanFacts } from '#ports/tracer/tracer.js';
import { openOtlpReceiver, type ReceivedSpan } from '#testing/otlp-receiver.js';
import { quietPort } from '#testing/quiet-port.js';
import { openTracer } from './tracer-opentelemetry.js';

/** A busy machine may take long over the last spans. */
const closedWithinMs = 600_000;
const silent = { onLost: () => undefined, onDelivered: () => undefined, closedWithinMs };

/** What a receiver on loopback was sent by this work. */
async function traced(work: (tracer: ReturnType<typeof openTracer>['tracer']) => Promise<void>) {
  const receiver = await openOtlpReceiver();
  const { tracer, close } = openTracer({
    url: receiver.url,
    serviceName: 'temoin',
    about: { 'temoin.role': 'all' },
    ...silent,
  });
  try {
    await work(tracer);
    await close();
    return receiver;
  } finally {
    await receiver.close();
  }
}
const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
  const found = spans.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no span ${name} among ${spans.map((one) => one.name).join(', ')}`);
  return found;
};

describe('traces over OTLP', () => {
  it('lie below the request that they belong to, across awaits, and the request below who called', async () => {
    const { spans } = await traced(async (tracer) => {
      const request = tracer.request('POST /x', {}, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
      await request.run(async () => {
        await sleep(1);
        await tracer.span('outer', { 'temoin.command': 'OpenVisit' }, async (span) => {
          await sleep(1);
          expect(tracer.inside('inner', {}, () => 7)).toBe(7);
          tracer.note('values opened', { 'temoin.present': 2 });
          span.add({ 'temoin.outcome': 'accepted' });
        });
      });
      request.add({ 'http.response.status_code': 503 });
      request.end();
      expect(tracer.inside('alone', {}, () => 'untraced')).toBe('untraced');
    });
    const [request, outer, inner] = [named(spans, 'POST /x'), named(spans, 'outer'), named(spans, 'inner')];
    expect(spans).toHaveLength(3);
    expect(request).toMatchObject({ kind: 2, parentSpanId: 'b7ad6b7169203331', status: 2 });
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
    expect(outer.parentSpanId).toBe(request.spanId);
    expect(inner.parentSpanId).toBe(outer.spanId);
    expect(outer.attributes).toEqual({ 'temoin.command': 'OpenVisit', 'temoin.outcome': 'accepted' });
    expect(outer.events).toEqual([{ name: 'values opened', attributes: { 'temoin.present': 2 } }]);
  });

  it('keep of what was thrown its code, and throw it on', async () => {
    const { spans } = await traced(async (tracer) => {
      const fault = Object.assign(new Error('Camille Exemple'), { code: 'unavailable' });
      await expect(tracer.span('late', {}, () => Promise.reject(fault))).rejects.toBe(fault);
      expect(() =>
        tracer.span('now', {}, () => {
          throw new TypeError('Camille Exemple');
        }),
      ).toThrow(TypeError);
    });
    expect(named(spans, 'late')).toMatchObject({ status: 2, attributes: { 'error.type': 'unavailable' } });
    expect(named(spans, 'now')).toMatchObject({ status: 2, attributes: { 'error.type': 'TypeError' } });
  });

  it('let nothing leave that does not look like a code, in names, values and what is said of the machine', async () => {
    process.env.OTEL_RESOURCE_ATTRIBUTES = 'host.name=poste-de-camille,deployment.environment.name=essai';
    const receiver = await traced(async (tracer) => {
      const facts: SpanFacts = { 'temoin.outcome': 'Zoé Exemple', 'temoin.refusal': 'a@exemple.test' };
      tracer.span('été chez Zoé', facts, () => undefined);
      tracer.request('GET /', {}, '00-zoé').end();
    }).finally(() => delete process.env.OTEL_RESOURCE_ATTRIBUTES);
    const sent = receiver.bytes().toString('utf8');
    for (const planted of ['Zo', 'exemple.test', 'camille', process.cwd(), process.execPath])
      expect(sent).not.toContain(planted);
    expect(named(receiver.spans, 'unnamed').attributes).toEqual({
      'temoin.outcome': 'withheld',
      'temoin.refusal': 'withheld',
    });
    expect(Object.keys(receiver.resources[0] ?? {}).sort()).toEqual([
      'deployment.environment.name',
      'service.instance.id',
      'service.name',
      'telemetry.sdk.language',
      'telemetry.sdk.name',
      'telemetry.sdk.version',
      'temoin.role',
    ]);
  });

  it('to a collector that is away are lost, said once by its code, and said to go out again', async () => {
    const gone = await openOtlpReceiver(await quietPort());
    await gone.close();
    const told: string[] = [];
    process.env.OTEL_BSP_SCHEDULE_DELAY = '20';
    process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '1000';
    const { tracer, close } = openTracer({
      url: gone.url,
      serviceName: 'temoin',
      onLost: (code) => told.push(code),
      onDelivered: () => told.push('delivered'),
    });
    delete process.env.OTEL_BSP_SCHEDULE_DELAY;
    delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
    const until = async (count: number) => {
      while (told.length < count) {
        tracer.span('work', {}, () => undefined);
        await sleep(25);
      }
    };
    await until(1);
    for (let n = 0; n < 20; n += 1) {
      tracer.span('work', {}, () => undefined);
      await sleep(25);
    }
    expect(told).toEqual([expect.stringMatching(/ECONNREFUSED|Error/)]);
    const back = await openOtlpReceiver(Number(new URL(gone.url).port));
    await until(2);
    expect(told[1]).toBe('delivered');
    await close();
    await back.close();
  });
});
