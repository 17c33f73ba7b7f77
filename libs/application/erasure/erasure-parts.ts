import type { DestructionCause } from '#domain/custody/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import type { ErasureLedger } from '#vault/ledger.js';
import type { Temoin } from '../temoin.js';
import type { CertificateFiles } from './certificate-files.js';

/** The steps of a destruction that leave a trace, in order. A process that dies after any of them leaves what the next goes on from. */
export type ErasureStep =
  /** The decision is condemned cells: the point of no return. */
  | 'condemned'
  /** The ledger knows of it. */
  | 'noted'
  /** Fenced, and the wrapped keys are gone. */
  | 'destroyed'
  | 'destruction-recorded'
  /** No process uses a key of these cells any more. */
  | 'evicted'
  | 'siblings-emptied'
  | 'read-back'
  | 'read-back-recorded'
  | 'certificate-written'
  | 'certified';

/** What a certificate is made from; `libs/evidence` signs it. Opaque ids, codes, times and counts only. */
export interface CertifiedFacts {
  readonly certificateId: string;
  readonly installationId: string;
  readonly simulated: boolean;
  readonly destructionId: string;
  readonly cause: DestructionCause;
  readonly reference: string;
  readonly decidedAt: Instant;
  readonly destroyedAt: Instant;
  readonly readBackAt: Instant;
  readonly cells: readonly { readonly cell: string; readonly keyDigest?: string }[];
  readonly kept: readonly { readonly cell: string; readonly ground: string; readonly until?: LocalDate }[];
  readonly stores: readonly {
    readonly store: string;
    readonly values: number;
    readonly erased: number;
    readonly present: number;
    readonly unreadable: number;
  }[];
  readonly lastBackupLeavesOn: LocalDate | null;
  readonly logPosition: string;
  readonly vault?: VaultLeftovers;
}

/** What may be left of the bytes of destroyed keys, and what opens it: see `libs/evidence/vault-claim.ts`. */
export interface VaultLeftovers {
  readonly kind: string;
  readonly leftovers: readonly string[];
  readonly wrappedUpToEpoch: number;
  readonly state: 'until-rotation' | 'dead';
  readonly custodians: number;
}

export interface ErasureParts {
  readonly temoin: Temoin;
  readonly ledger: ErasureLedger;
  /** Places beside log, views and vault that may hold something of a member; emptied and counted with every erasure. */
  readonly siblings: readonly SiblingStore[];
  readonly certificates: CertificateFiles;
  /** Signs; the same facts give the same text. */
  readonly sign: (facts: CertifiedFacts) => { readonly text: string; readonly sha256: string };
  readonly installation: { readonly id: string; readonly simulated: boolean };
  /** Day on which the last backup that may hold a wrapped copy leaves rotation; undefined where none is known. */
  readonly lastBackupLeavesOn: () => Promise<LocalDate | undefined>;
  /** What is left of the wrapped bytes of these cells, as the installation is now; absent: the certificate says nothing of it. */
  readonly leftovers?: (cells: readonly string[]) => Promise<VaultLeftovers>;
  /** Waits until every other process has dropped what it keeps of destroyed cells, or is gone. @returns false: not all have */
  readonly othersForgot?: () => Promise<boolean>;
  /** For how long another process may use a key that it held, in milliseconds. Default {@link KEY_LEASE_MS}. */
  readonly leaseMs?: number;
  /** For tests of crashes: called after each step that leaves a trace. */
  readonly onStep?: (step: ErasureStep, destructionId: string) => void | Promise<void>;
}

/** A key cache asks the store again after one second (`openVault`), and looks at its clock every tenth of a second. */
export const KEY_LEASE_MS = 1200;

export type ErasureErrorCode =
  /** The erasure ledger does not say what must be dead: nothing is opened, hence nothing read back. */
  | 'erasures-unverified'
  | 'destruction-unknown'
  /** Another process runs and has not dropped what it keeps: it cannot read the log or the vault. */
  | 'others-remember'
  /** A step was not accepted: another process writes to the same stream. */
  | 'not-accepted';

/** Known by its `code`. Nothing is lost: the destruction is taken up again. */
export class ErasureError extends Error {
  override readonly name = 'ErasureError';
  constructor(
    readonly code: ErasureErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** A destruction that is not through, and why. */
export interface Unfinished {
  readonly memberId: string;
  readonly destructionId: string;
  /** `partial`: read back, and not everything was erased; `session-running`; otherwise the code of what stands in the way. */
  readonly code: string;
}

/** The code of what was thrown, else its kind: never its message. */
export function reasonOf(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'fault';
}
