import { type KeyVault, KeyVaultError } from '#ports/key-vault/key-vault.js';

/** Opens (and creates) a store in one SQLite file. */
export async function openSqliteKeyVault(place: { readonly file: string }): Promise<KeyVault> {
  throw new KeyVaultError('unavailable', `not built yet: ${place.file}`);
}
