import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Configuration } from './configuration.js';
import { loadConfiguration } from './configuration.js';
import { type Installation, openInstallation } from './installation.js';

/** Installations of a test, each in a folder of its own below one. */
export function backupStory(folder: string) {
  const configOf = (name: string): Configuration =>
    loadConfiguration({ TEMOIN_ROOT_KEY_FILE: join(folder, `${name}-keys`, 'root-key.json') }, [
      '--data',
      join(folder, name),
    ]);
  return {
    configOf,
    now: '2026-06-02T01:00:00.000Z' as Instant,
    async open(config: Configuration): Promise<Installation> {
      await mkdir(dirname(config.rootKey), { recursive: true, mode: 0o700 });
      return openInstallation(config, { lock: false, create: true, project: true });
    },
    async sameKeys(from: Configuration, to: Configuration): Promise<void> {
      await mkdir(dirname(to.rootKey), { recursive: true, mode: 0o700 });
      await copyFile(from.rootKey, to.rootKey);
      await copyFile(from.signingKey, to.signingKey);
    },
  };
}

/** Registers a person; its name is sealed. @returns the staff id, once stored */
export async function register({ temoin }: Installation, name: string): Promise<string> {
  const commandId = temoin.ids.freshCommandId();
  const staffId = temoin.ids.newId(commandId, 'staff');
  const outcome = await temoin.execute({
    commandId,
    actor: 'system',
    actorRoles: ['Administrator'],
    stream: `staff-${staffId}`,
    command: { type: 'RegisterStaff', staffId, name } as { type: string },
  });
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return staffId;
}

/** How every personal value of the log answers, by its answer; and the ids of the streams. */
export async function openEverything({ temoin }: Installation) {
  const states: Record<string, number> = {};
  const streams = new Set<string>();
  for await (const stored of temoin.eventStore.readAll()) {
    streams.add(stored.stream);
    const values = Object.values(temoin.decode(stored).data).filter(
      (one) => typeof one === 'object' && one !== null && '$sealed' in one,
    );
    for (const { state } of await temoin.opener.open(values as Sealed<unknown>[]))
      states[state] = (states[state] ?? 0) + 1;
  }
  return { states, streams };
}

/** Rebuilds every view; the names of those that were not what their events say. */
export async function wrongViews({ temoin }: Installation): Promise<readonly string[]> {
  const head = await temoin.eventStore.head();
  const wrong: string[] = [];
  for (const { schema } of temoin.views) {
    if (head !== undefined && !(await temoin.waitFor(schema.name, head, 600_000))) wrong.push(`${schema.name} behind`);
    const { differences, parked } = await temoin.rebuild(schema.name);
    if (differences.length + parked.length > 0) wrong.push(schema.name);
  }
  return wrong;
}
