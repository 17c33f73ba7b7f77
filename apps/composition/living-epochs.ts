import type { CellId } from '#kernel/sealed.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';

const CELLS_AT_ONCE = 1000;

/** How many living cells of each epoch of the root key a vault holds. */
export async function livingEpochs(keyVault: KeyVault): Promise<ReadonlyMap<number, number>> {
  const epochs = new Map<number, number>();
  for (let after: CellId | undefined; ; ) {
    const page = await keyVault.livingBefore(Number.MAX_SAFE_INTEGER, CELLS_AT_ONCE, after);
    if (page.length === 0) return epochs;
    for (const { epoch } of page) epochs.set(epoch, (epochs.get(epoch) ?? 0) + 1);
    after = page.at(-1)?.cell;
  }
}
