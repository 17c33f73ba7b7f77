import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { projectFolder } from '#testing/shared-data.js';
import { filesOf, type Haystack, scan } from '../../apps/cli/leak-scan/scan.js';
import { bindings } from '../../apps/composition/bindings.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openInstallation } from '../../apps/composition/installation.js';
import { httpClient } from '../demo/http-client.js';
import { startService, withTemporaryFolder } from '../demo/service-process.js';
import { FLOW_STARTS, plantEverywhere } from './flow.js';
import { personalFields, personalFieldsIn, planter } from './planter.js';

/** Aggregates that no address of the API serves yet. The test fails when one gets an address and the flow does not use it. */
const NOT_OVER_HTTP = ['custody', 'rights', 'complaint'];

const served = bindings.filter(({ category }) => !NOT_OVER_HTTP.includes(category));
const definitions = bindings.flatMap((binding) => binding.events);
const output = (text: string): Haystack => ({ name: 'output of the service', bytes: Buffer.from(text, 'utf8') });

describe('leak scan', () => {
  it('finds no personal value readable on disk or in the logs, whatever was sent [charter:3.3a]', async () => {
    const charterText = await readFile(join(projectFolder, 'infra', 'demo', 'charte-exemple.txt'), 'utf8');
    await withTemporaryFolder('leak', async (folder) => {
      const data = join(folder, 'data');
      const service = await startService({ data, simulate: FLOW_STARTS, env: { TEMOIN_LOG_LEVEL: 'debug' } });
      try {
        const admin = httpClient(service.url, service.token ?? '');
        const openApi = await admin.get('/openapi.json');
        const addresses = Object.keys(openApi.paths as object);
        for (const category of NOT_OVER_HTTP)
          expect(addresses.filter((path) => path.startsWith(`/api/v1/${category}`))).toEqual([]);
        const plant = planter(openApi, definitions);
        await plantEverywhere({ admin, planter: plant, charterText });
        expect(plant.planted.length).toBeGreaterThan(50);
        expect(scan([...(await filesOf(folder)), output(service.output())], plant.planted)).toEqual([]);
        await service.stop();
        expect(scan([...(await filesOf(folder)), output(service.output())], plant.planted)).toEqual([]);
      } finally {
        await service.kill();
      }
      expect(await personalFieldsNeverSent(data)).toEqual([]);
    });
  }, 120_000);

  it('catches a value that a database keeps in the clear, deleted rows included, and one in a log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'temoin-leak-canary-'));
    try {
      const database = new DatabaseSync(join(folder, 'views.sqlite'));
      database.exec('PRAGMA journal_mode = WAL; CREATE TABLE leak (value TEXT)');
      database.prepare('INSERT INTO leak VALUES (?)').run('{"name":"zéphyrplanté"}');
      database.exec('DELETE FROM leak');
      const planted = [{ token: 'zéphyrplanté', where: 'here' }];
      expect(scan(await filesOf(folder), planted)).not.toEqual([]);
      database.close();
      await writeFile(join(folder, 'note.txt'), 'nothing');
      expect(scan([output('{"msg":"z\\u00e9phyrplant\\u00e9"}')], planted)).not.toEqual([]);
      expect(scan([output('{"msg":"nothing"}')], planted)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Personal fields that are declared and that no event of the flow carries: the flow does not cover them yet. */
async function personalFieldsNeverSent(data: string): Promise<readonly string[]> {
  const config = loadConfiguration({}, ['--data', data], { simulation: true });
  const installation = await openInstallation(config, { lock: false });
  try {
    const declared = personalFields(served.flatMap((binding) => binding.events));
    const seen = new Set<string>();
    for await (const { type, data: bytes } of installation.temoin.eventStore.readAll()) {
      const event = { type, version: 1, data: JSON.parse(Buffer.from(bytes).toString('utf8')) };
      for (const field of personalFieldsIn([event], declared)) seen.add(field);
    }
    return [...declared].filter((field) => !seen.has(field));
  } finally {
    await installation.close();
  }
}
