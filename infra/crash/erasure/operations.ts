import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import type { BackupStep } from '#application/backup/make-backup.js';
import type { RestoreStep } from '#application/backup/restore-backup.js';
import type { ErasureStep } from '#application/erasure/erasure-parts.js';
import { runRetention } from '#application/retention/run-retention.js';
import type { Instant } from '#kernel/time.js';
import type { RotationStep } from '#vault/rotate.js';
import { backUp, restore } from '../../../apps/composition/backups.js';
import { type Configuration, loadConfiguration } from '../../../apps/composition/configuration.js';
import { openErasing } from '../../../apps/composition/erasing.js';
import { type Installation, openInstallation } from '../../../apps/composition/installation.js';
import { rotateKeys } from '../../../apps/composition/rotate-keys.js';

const erasure = [
  'condemned',
  'noted',
  'destroyed',
  'destruction-recorded',
  'evicted',
  'siblings-emptied',
  'read-back',
  'read-back-recorded',
  'certificate-written',
  'certified',
] as const satisfies readonly ErasureStep[];

/** What is killed, and every step of it that leaves a trace. */
export const steps = {
  backup: ['views-copied', 'events-copied', 'vault-copied', 'described', 'manifest-written', 'named'],
  erase: erasure,
  retention: ['condemn', 'carry-out', 'noted', 'destroyed', 'destruction-recorded', 'complete'],
  rotate: ['epoch-added', 'old-epoch-ended', 'cells-wrapped', 'old-epoch-destroyed', 'vault-swept', 'done'],
  restore: ['checked', 'staged', 'decided', 'moved', 'done'],
} as const satisfies {
  readonly backup: readonly BackupStep[];
  readonly erase: readonly ErasureStep[];
  readonly retention: readonly (ErasureStep | 'condemn' | 'carry-out' | 'complete')[];
  readonly rotate: readonly RotationStep[];
  readonly restore: readonly RestoreStep[];
};
export type Operation = keyof typeof steps;

/** Where everything of a series lies, and what its clock started with. */
export interface Place {
  readonly folder: string;
  readonly startsAt: string;
  /** Address of the event store where it is on a server; otherwise it is a file of the folder. */
  readonly eventStore?: string;
  /** Address of the key vault where it is on a server; otherwise it is a file of the folder. */
  readonly keyVault?: string;
}

export const configurationOf = ({ folder, startsAt, eventStore, keyVault }: Place): Configuration =>
  loadConfiguration(
    {
      TEMOIN_ERASURE_LEDGER: `${folder}/ledger/erasures.jsonl`,
      TEMOIN_NIGHTLY_AT: 'off',
      ...(eventStore !== undefined && { TEMOIN_EVENT_STORE: eventStore }),
      ...(keyVault !== undefined && { TEMOIN_KEY_VAULT: keyVault }),
    },
    ['--data', `${folder}/data`, '--simulate', startsAt],
  );
export const backupsOf = ({ folder }: Place): string => `${folder}/backups`;

export const open = (place: Place): Promise<Installation> => openInstallation(configurationOf(place), { lock: true });

type OnStep = (step: string) => void;

/**
 * Does one operation to its end, on an installation that nobody else has open. Again after a crash it goes on.
 * @param from the backup to restore
 */
export async function perform(operation: Operation, place: Place, from: string, onStep: OnStep): Promise<void> {
  if (operation === 'restore') {
    const now = new Date(place.startsAt).toISOString() as Instant;
    await restore(configurationOf(place), { from, keepVault: false, now, onStep });
    return;
  }
  const installation = await open(place);
  try {
    onStep('begun');
    await run(operation, installation, place, onStep);
  } finally {
    await installation.close();
  }
}

async function run(
  operation: Exclude<Operation, 'restore'>,
  installation: Installation,
  place: Place,
  onStep: OnStep,
): Promise<void> {
  const { config, record, temoin, stores, clock, ledger, signer, memberExports, letters } = installation;
  const { erasure: erasing } = openErasing(config, record, temoin, ledger, signer, memberExports, letters, onStep);
  switch (operation) {
    case 'backup':
      await backUp(config, record, { folder: backupsOf(place), views: true, now: clock.now(), onStep });
      return;
    case 'rotate':
      await rotateKeys(config, stores.keyVault, { onStep });
      return;
    case 'erase': {
      const left = await erasing.finish();
      if (left.length > 0) throw new Error(`an erasure is not through: ${left.map(({ code }) => code).join()}`);
      return;
    }
    case 'retention': {
      const time = frenchCivilTime();
      const carryOut = (memberId: string, destructionId: string) => erasing.destroy({ memberId, destructionId });
      await runRetention({ temoin, time, carryOut, onStep }, time.toLocal(clock.now()).date);
    }
  }
}
