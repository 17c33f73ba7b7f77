import { createSecretKey } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { type Codec, eventCodec } from '#application/codec.js';
import { sealEvents } from '#application/seal-events.js';
import { cellOf, type EventDefinition } from '#kernel/define-event.js';
import { isSealed, type Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Position, StoredEvent } from '#ports/event-store/event-store.js';
import { openBox } from '#vault/box.js';
import { openVault } from '#vault/open-vault.js';
import { declaredEvents } from './declared-events.js';
import { exampleData } from './example-event.js';
import { memoryRootKey } from './open-memory-temoin.js';
import { projectFolder } from './shared-data.js';

/**
 * One event of every type and version ever written, as it was stored. They are never changed and never removed: what was
 * once stored must decode for ever. A new declaration gets its file with TEMOIN_UPDATE_GOLDEN=1 in the environment; that
 * writes what is missing and leaves the rest.
 */
interface Golden {
  readonly type: string;
  readonly stream: string;
  readonly eventId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: { readonly version: number };
}

const folder = join(projectFolder, 'libs', 'testing', 'golden');
const declared = await declaredEvents();
const codec: Codec = eventCodec(declared.map(({ definition }) => definition));
const fileOf = (type: string, version: number) => `${type}.v${version}.golden.json`;
if (process.env.TEMOIN_UPDATE_GOLDEN === '1')
  for (const one of declared) await writeMissing(one.definition, one.aggregate);
const files = readdirSync(folder).filter((name) => /\.v\d+\.golden\.json$/.test(name));
const goldens = files.map((name) => ({ name, golden: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden }));

describe('golden events', () => {
  it('are there for every declared event; TEMOIN_UPDATE_GOLDEN=1 writes those that are missing', () => {
    const wanted = declared.map(({ definition }) => fileOf(definition.type, definition.version));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((name) => !files.includes(name))).toEqual([]);
  });

  it.each(goldens)('$name still decodes into what is declared today', ({ golden }) => {
    const { event } = codec.decode(storedFrom(golden));
    const definition = codec.definition(event.type, event.version);
    for (const [field, value] of Object.entries(event.data)) {
      const declaration = definition.data[field];
      expect([field, declaration !== undefined]).toEqual([field, true]);
      expect([field, isSealed(value)]).toEqual([field, declaration?.personal !== undefined]);
      if (!isSealed(value)) expect([field, declaration?.schema.safeParse(value).success]).toEqual([field, true]);
    }
    for (const [field, { optional }] of Object.entries(definition.data))
      if (!optional) expect(event.data).toHaveProperty(field);
  });

  it.each(goldens)('$name has its personal fields under the same cells as an event of today', ({ golden }) => {
    const { event } = codec.decode(storedFrom(golden));
    const definition = codec.definition(event.type, event.version);
    for (const [field, value] of Object.entries(event.data)) {
      if (isSealed(value)) expect(value.$sealed.cell).toBe(cellOf(definition, event.data, golden.eventId, field));
    }
  });
});

describe('the golden sealed value', () => {
  it('still opens: the form of encryption and commitment is the storage format', () => {
    const text = readFileSync(join(folder, 'sealed-value.golden.json'), 'utf8');
    const { key, sealed, value } = JSON.parse(text) as { key: string; sealed: Sealed<unknown>; value: unknown };
    expect(openBox(createSecretKey(Buffer.from(key, 'base64url')), sealed)?.value).toEqual(value);
  });
});

function storedFrom({ type, stream, eventId, data, metadata }: Golden): StoredEvent {
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
  return {
    type,
    stream,
    eventId,
    data: bytes(data),
    metadata: bytes(metadata),
    revision: 0,
    position: '1' as Position,
  };
}

async function writeMissing(definition: EventDefinition, aggregate: string): Promise<void> {
  const { type, version } = definition;
  if (readdirSync(folder).includes(fileOf(type, version))) return;
  const vault = openVault({ keyVault: memoryKeyVault(), roots: memoryRootKey() });
  const stream = `${aggregate}-exemple-1`;
  const envelope = {
    commandId: '00000000-0000-4000-8000-000000000001',
    actor: 'exemple-1',
    actorRoles: [],
    stream,
    command: { type: 'Exemple' },
    requestDigest: '1.exemple',
    correlationId: 'exemple-1',
  };
  const decided = [{ type, version, data: exampleData(definition) }];
  const sealed = await sealEvents(vault, codec, envelope, decided, '2026-06-02T07:30:00.000Z' as Instant, 0);
  const newEvent = sealed.outcome === 'sealed' ? sealed.newEvents[0] : undefined;
  if (!newEvent) throw new Error(`nothing was sealed for ${type}`);
  const parse = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString('utf8'));
  const golden: Golden = {
    type,
    stream,
    eventId: newEvent.eventId,
    data: parse(newEvent.data),
    metadata: parse(newEvent.metadata),
  };
  writeFileSync(join(folder, fileOf(type, version)), `${JSON.stringify(golden, null, 2)}\n`, { flag: 'wx' });
}
