import { KeyVaultError } from './key-vault.js';

/** Opaque ids, joined by `/` and `:`; printable ASCII, so that every engine keeps and orders them alike. */
const CELL = /^[\x21-\x2e\x30-\x7e]+(\/[\x21-\x2e\x30-\x7e]+)*$/;

/** @throws KeyVaultError `invalid-cell` not the name of a cell: a fault of the caller */
export function checkCells(cells: readonly string[]): void {
  for (const cell of cells)
    if (cell.length > 400 || !CELL.test(cell))
      throw new KeyVaultError('invalid-cell', 'a cell is named by opaque ids joined by slashes');
}
