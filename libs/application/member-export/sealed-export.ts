import type { CivilTime } from '#domain/calendar/civil-time.js';
import { isSealed, type Opened, type Sealed, type UnreadableFault } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Opener } from '#ports/opener/opener.js';
import { openWithin } from '#views/query.js';
import { type FeedRecipient, recipientWords } from '../registers/feed-recipients.js';
import { EXPORT_FORMAT, type ExportedRecord, type MemberExport } from './export-data.js';

/**
 * A copy as it is kept: the export with every personal value still sealed under the cell it belongs to. Nothing is sealed
 * anew, so the copy dies with the member's cells, one by one, wherever it lies.
 */
export interface SealedExport {
  readonly format: 'temoin-sealed-export/1';
  readonly exportId: string;
  readonly memberId: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly upTo: string | null;
  readonly about: MemberExport['about'];
  /** Who is, or was, given the feed: named among the recipients once opened. Absent from copies made before there were any. */
  readonly subscribers?: readonly FeedRecipient[];
  readonly identity: Readonly<Record<string, Sealed<string>>>;
  readonly records: readonly (Omit<ExportedRecord, 'events'> & {
    readonly events: readonly (Omit<ExportedRecord['events'][number], 'data'> & {
      readonly data: Readonly<Record<string, unknown>>;
    })[];
  })[];
}

export const sealedText = (sealed: SealedExport): string => `${JSON.stringify(sealed)}\n`;

/** @returns undefined for what is no sealed export */
export function readSealed(text: string): SealedExport | undefined {
  try {
    const read = JSON.parse(text) as Partial<SealedExport> | null;
    return read?.format === 'temoin-sealed-export/1' ? (read as SealedExport) : undefined;
  } catch {
    return undefined;
  }
}

/** Cells of the values in a copy. */
export function cellsIn(sealed: SealedExport): ReadonlySet<string> {
  const cells = new Set<string>();
  const look = (value: unknown): void => {
    if (isSealed(value)) cells.add(value.$sealed.cell);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) look(part);
  };
  look(sealed.identity);
  look(sealed.subscribers);
  look(sealed.records);
  return cells;
}

export type OpenedExport =
  | { readonly state: 'whole'; readonly exported: MemberExport }
  /** Some value could not be read: not erased, only out of reach now. A copy that lacks something is none. */
  | { readonly state: 'unreadable'; readonly fault: UnreadableFault };

/** Opens a copy: what is destroyed says so, with its proof. */
export async function openExport(opener: Opener, sealed: SealedExport, time: CivilTime): Promise<OpenedExport> {
  const { format: _, ...rest } = sealed;
  const { identity, records, subscribers = [] } = rest;
  const opened = await openWithin(opener, { identity, records, subscribers });
  let fault: UnreadableFault | undefined;
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const answer = value as Opened<unknown>;
    if (answer.state === 'present' && 'value' in answer) return answer.value;
    if (answer.state === 'erased' && 'erasedAt' in answer)
      return { erased: { at: answer.erasedAt, proof: answer.proof } };
    if (answer.state === 'unreadable' && 'fault' in answer) {
      fault ??= answer.fault;
      return null;
    }
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
  };
  plain(opened.subscribers);
  const named = opened.subscribers.flatMap((one) => recipientWords(one, time) ?? []);
  const { exportId, memberId, issuedAt, expiresAt, upTo, about } = rest;
  const [inside = '', ...others] = about.recipients;
  const exported = {
    format: EXPORT_FORMAT,
    exportId,
    memberId,
    issuedAt,
    expiresAt,
    upTo,
    about: named.length === 0 ? about : { ...about, recipients: [inside, ...named.map((one) => `${one}.`), ...others] },
    identity: plain(opened.identity),
    records: plain(opened.records),
  } as MemberExport;
  return fault === undefined ? { state: 'whole', exported } : { state: 'unreadable', fault };
}
