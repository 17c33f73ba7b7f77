/**
 * Where exports of members' data lie until their validity ends: sealed texts under opaque ids, apart from log, views and
 * vault. What is put there must hold no personal value that can be read.
 */
export interface ExportStore {
  /** On disk before it answers; replaces what was there. */
  put(id: string, sealed: string): Promise<void>;
  get(id: string): Promise<string | undefined>;
  /** Gone before it answers. @returns false when there was none */
  remove(id: string): Promise<boolean>;
  /** All of them, in no order. */
  ids(): Promise<readonly string[]>;
}

/** Ids that a store takes: 1–80 characters of `A–Z a–z 0–9 . _ -`, none of which leads out of it. */
export const EXPORT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** @throws TypeError not an id: a fault of the caller */
export function checkExportId(id: string): void {
  if (!EXPORT_ID.test(id)) throw new TypeError('not the id of an export');
}
