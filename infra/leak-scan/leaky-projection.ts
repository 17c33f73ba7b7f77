import { sealedWithin } from '#application/erasure/sealed-within.js';
import { openTemoin } from '#application/temoin.js';
import { rootKeyFile } from '#vault/root-key-file.js';
import type { ViewDefinition } from '#views/view.js';
import { bindings } from '../../apps/composition/bindings.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openInstallation } from '../../apps/composition/installation.js';

/**
 * The canary of the canary: a projection as nobody may write one, which is given what the members' names are and keeps them
 * readable in a view of the installation. A scan that does not find it finds nothing.
 */
export async function leakNames(env: Readonly<Record<string, string>>, data: string): Promise<void> {
  const config = loadConfiguration(env, ['--data', data], { simulation: true });
  const installation = await openInstallation(config, { lock: false });
  const { stores, clock, temoin } = installation;
  const names = new Map<string, unknown>();
  for await (const stored of temoin.eventStore.readAll({ streamPrefixes: ['member-'] }))
    for (const value of sealedWithin(temoin.decode(stored).data)) {
      const [opened] = await temoin.opener.open([value]);
      if (opened?.state === 'present') names.set(value.$sealed.at.eventId + value.$sealed.at.path, opened.value);
    }
  const leaky: ViewDefinition = {
    schema: { name: 'leaky', version: 1, collections: [{ name: 'names', fields: {}, indexes: [] }] },
    streamPrefixes: ['member-'],
    changes: ({ meta, data: fields }) => [
      {
        collection: 'names',
        id: meta.eventId,
        next: () => ({ names: Object.keys(fields).map((path) => names.get(meta.eventId + path) ?? null) }),
      },
    ],
  };
  const { eventStore, viewStore, keyVault } = stores;
  const rootKey = rootKeyFile(config.rootKey);
  const leaking = await openTemoin({ eventStore, viewStore, keyVault, rootKey, clock, bindings, views: [leaky] });
  try {
    const head = await eventStore.head();
    if (head !== undefined && !(await leaking.waitFor('leaky', head, 600_000))) throw new Error('it did not project');
  } finally {
    await leaking.close();
    await installation.close();
  }
}
