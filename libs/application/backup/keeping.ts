import type { Instant, LocalDate } from '#kernel/time.js';

/** What keeps the installation, for those who answer for it. No places of the machine, no keys. */
export interface KeepingStatus {
  /** Whether the night makes backups by itself. */
  readonly everyNight: boolean;
  /** Age in days past which backups are deleted. */
  readonly days: number;
  /** Backups that exist as far as is known, oldest first. */
  readonly backups: readonly KnownBackup[];
  /** The last time that a backup was brought back to see whether it opens. */
  readonly rehearsal?: { readonly at: Instant; readonly backupId: string; readonly sound: boolean };
  /** When the nightly run starts in Paris; absent: it is off. */
  readonly nightlyAt?: string;
  /** The last night that was begun, and which of its steps are through. */
  readonly lastNight?: { readonly night: LocalDate; readonly through: readonly string[] };
  /** How many people keep a copy of the root key apart. */
  readonly custodians: number;
}

export interface KnownBackup {
  readonly backupId: string;
  readonly createdAt: Instant;
  /** The first day on which it is deleted. */
  readonly deletedFrom: LocalDate;
  /** What a restore moved aside: as good as a backup to who finds it. */
  readonly replaced: boolean;
}

export interface MadeBackup {
  readonly backupId: string;
  readonly createdAt: Instant;
  readonly head: string | null;
  readonly livingCells: number;
  readonly bytes: number;
}

export interface Keeping {
  status(): Promise<KeepingStatus>;
  /**
   * Makes a backup where the night makes its own.
   * @returns `no-folder` where the night makes none; `busy` while another process works on the keys
   */
  backUpNow(): Promise<MadeBackup | 'no-folder' | 'busy'>;
}
