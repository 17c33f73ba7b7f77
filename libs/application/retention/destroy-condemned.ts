import { custody } from '#domain/custody/custody.js';
import { destructionOf } from '#domain/custody/state.js';
import type { CellId } from '#kernel/sealed.js';
import type { Temoin } from '../temoin.js';

/**
 * The shortest way to carry a decided destruction out: keys destroyed, and that recorded. Reading back and certifying are
 * left to the process that follows the log.
 */
export const destroyCondemned =
  (temoin: Temoin) =>
  async (memberId: string, destructionId: string): Promise<void> => {
    const found = destructionOf(await temoin.reader.state(custody, memberId), destructionId);
    if (!found || found.destroyed) return;
    const destroyedAt = temoin.clock.now();
    for (const cell of found.cells) await temoin.vault.destroy(cell as CellId, { destroyedAt, proof: destructionId });
    const cells = found.cells.map((cell) => ({ cell }));
    const command = { type: 'RecordDestruction', memberId, destructionId, cells, destroyedAt };
    await temoin.execute({
      commandId: temoin.ids.commandId('system', `destroyed ${destructionId} ${memberId}`),
      actor: 'system',
      actorRoles: [],
      stream: `custody-${memberId}`,
      command,
    });
  };
