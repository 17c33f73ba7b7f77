import { access } from '#domain/access/access.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import { member } from '#domain/member/member.js';
import type { EventDefinition } from '#kernel/define-event.js';
import { isSealed, isWithinCell, type UnreadableFault } from '#kernel/sealed.js';
import { type Instant, plusMilliseconds } from '#kernel/time.js';
import type { ExportStore } from '#ports/export-store/export-store.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import { memberExport } from '#views/member-exports.js';
import { staffIds } from '#views/staff.js';
import { feedRecipients } from '../registers/feed-recipients.js';
import type { Temoin } from '../temoin.js';
import { aboutProcessing } from './about.js';
import { eventWords } from './event-words.js';
import { exportText, type MemberExport } from './export-data.js';
import { categoriesIn, gather, isProvided, presentIdentity } from './gather.js';
import { masker } from './mask.js';
import { cellsIn, openExport, readSealed, type SealedExport, sealedText } from './sealed-export.js';
import { sha256OfExport } from './sha256.js';

export interface ExportWish {
  readonly memberId: string;
  readonly exportId: string;
  /** Days for which it may be fetched. */
  readonly days: number;
  /** `<event id>.<field>` of texts about somebody else. */
  readonly mask: readonly string[];
}

export type Prepared =
  | { readonly state: 'prepared'; readonly sha256: string; readonly expiresAt: Instant }
  | { readonly state: 'member-unknown' }
  /** A value is out of reach now: a copy that lacks something is none. */
  | { readonly state: 'unreadable'; readonly fault: UnreadableFault };

export type FoundExport =
  | { readonly state: 'whole'; readonly exported: MemberExport; readonly text: string; readonly issuedBy: string }
  | { readonly state: 'unknown' }
  /** Its validity is over, or something in it was destroyed since: it does not exist any more. */
  | { readonly state: 'gone'; readonly memberId: string }
  | { readonly state: 'unreadable'; readonly fault: UnreadableFault }
  /** Not what was issued. */
  | { readonly state: 'damaged' };

/** Copies of everything held on a member: put together, kept sealed, read, and gone with the member's cells or in time. */
export interface MemberExports extends SiblingStore {
  /** Puts a copy together and keeps it; issued only once `IssueMemberExport` is recorded. Again answers the same. */
  prepare(wish: ExportWish): Promise<Prepared>;
  /** Takes back a copy that was not issued. */
  discard(exportId: string): Promise<void>;
  read(exportId: string): Promise<FoundExport>;
  /** Removes what is past its validity. @returns how many */
  sweep(): Promise<number>;
}

interface ExportParts {
  readonly temoin: Pick<Temoin, 'eventStore' | 'decode' | 'reader' | 'viewStore' | 'opener' | 'clock'>;
  readonly store: ExportStore;
  readonly time: CivilTime;
  readonly definitions: readonly EventDefinition[];
}

const DAY_MS = 86_400_000;
/** Erasures that a copy may meet while it is put together. */
const ATTEMPTS = 3;

export function memberExports({ temoin, store, time, definitions }: ExportParts): MemberExports {
  const { eventStore, decode, reader, viewStore, opener, clock } = temoin;

  async function putTogether({ memberId, exportId, days, mask }: ExportWish): Promise<SealedExport> {
    const issuedAt = clock.now();
    const { streams, upTo } = await gather({ eventStore, decode }, memberId);
    const all = [...streams.values()].flat();
    const masked = masker({ staffIds: await staffIds(viewStore), fields: new Set(mask) });
    const subscribers = await feedRecipients({ viewStore, time }, true);
    const about = await aboutProcessing(
      { reader, time, now: issuedAt },
      categoriesIn(all, definitions),
      all.map(({ type }) => type),
    );
    const records = [...streams].map(([stream, events]) => {
      const [kind = '', ...reference] = stream.split('-');
      const lines = events.map((event) => ({
        eventId: event.meta.eventId,
        type: event.type,
        version: event.version,
        title: eventWords[event.type] ?? event.type,
        recordedAt: event.meta.recordedAt,
        by: masked.actor(event.meta.actor),
        providedByMember: isProvided(event.type),
        personal: Object.keys(event.data).filter((name) => isSealed(event.data[name])),
        data: masked.data(event),
      }));
      return { kind, reference: reference.join('-'), events: lines };
    });
    return {
      format: 'temoin-sealed-export/1',
      exportId,
      memberId,
      issuedAt,
      expiresAt: plusMilliseconds(issuedAt, days * DAY_MS),
      upTo: upTo ?? null,
      about,
      subscribers,
      identity: presentIdentity(all),
      records,
    };
  }

  const kept = async (exportId: string): Promise<SealedExport | undefined> => {
    const text = await store.get(exportId);
    return text === undefined ? undefined : readSealed(text);
  };

  async function holding(cells: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const id of await store.ids()) {
      const sealed = await kept(id);
      // What cannot be read any more holds nobody knows what: it goes too.
      const holds = sealed === undefined || touches(cellsIn(sealed), cells);
      if (holds) found.push(id);
    }
    return found;
  }

  return {
    name: 'exports',

    async prepare(wish) {
      if (!(await reader.state(member, wish.memberId)).registered) return { state: 'member-unknown' };
      for (let attempt = 1; ; attempt += 1) {
        const before = await kept(wish.exportId);
        const sealed = before ?? (await putTogether(wish));
        const opened = await openExport(opener, sealed, time);
        if (opened.state === 'unreadable') return opened;
        if (before === undefined) await store.put(wish.exportId, sealedText(sealed));
        const { expiresAt } = sealed;
        const sha256 = sha256OfExport(exportText(opened.exported));
        // An erasure that ran meanwhile looked for copies before this one was there: it is not left behind.
        if (before !== undefined || attempt === ATTEMPTS || (await stillOpens(sealed, sha256)))
          return { state: 'prepared', sha256, expiresAt };
        await store.remove(wish.exportId);
      }
    },

    async discard(exportId) {
      await store.remove(exportId);
    },

    async read(exportId) {
      const sealed = await kept(exportId);
      if (sealed === undefined) {
        const listed = await memberExport({ viewStore }, exportId);
        return listed === undefined ? { state: 'unknown' } : { state: 'gone', memberId: listed.memberId };
      }
      const { memberId } = sealed;
      const issued = (await reader.state(access, memberId)).exports.find((one) => one.exportId === exportId);
      if (issued === undefined) return { state: 'unknown' };
      if (issued.expiresAt <= clock.now()) return gone(exportId, memberId);
      const opened = await openExport(opener, sealed, time);
      if (opened.state === 'unreadable') return opened;
      const { exported } = opened;
      const text = exportText(exported);
      if (sha256OfExport(text) === issued.sha256) return { state: 'whole', exported, text, issuedBy: issued.issuedBy };
      return text.includes('"erased": {') ? gone(exportId, memberId) : { state: 'damaged' };
    },

    async sweep() {
      const now = clock.now();
      let removed = 0;
      for (const id of await store.ids()) {
        const sealed = await kept(id);
        if (sealed !== undefined && sealed.expiresAt > now) continue;
        if (await store.remove(id)) removed += 1;
      }
      return removed;
    },

    async forget(cells) {
      let removed = 0;
      for (const id of await holding(cells)) if (await store.remove(id)) removed += 1;
      return removed;
    },

    count: async (cells) => (await holding(cells)).length,
  };

  async function stillOpens(sealed: SealedExport, sha256: string): Promise<boolean> {
    const again = await openExport(opener, sealed, time);
    return again.state === 'whole' && sha256OfExport(exportText(again.exported)) === sha256;
  }

  async function gone(exportId: string, memberId: string): Promise<FoundExport> {
    await store.remove(exportId);
    return { state: 'gone', memberId };
  }
}

const touches = (held: ReadonlySet<string>, cells: readonly string[]): boolean =>
  [...held].some((one) => cells.some((cell) => isWithinCell(one, cell)));
