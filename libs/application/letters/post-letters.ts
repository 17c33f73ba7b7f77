import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { LetterCommand } from '#domain/letter/commands.js';
import { isWithinCell } from '#kernel/sealed.js';
import { plusMilliseconds } from '#kernel/time.js';
import { MailError, type Mailer } from '#ports/mailer/mailer.js';
import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import { type LetterDocument, lettersInFlight, lettersToSend, lettersView } from '#views/letters.js';
import type { Temoin } from '../temoin.js';
import { type OpenedLetter, openLetter } from './letter-page.js';
import { linkAddress, linkDigestOf, type MemberLinks, newLinkToken } from './member-link.js';
import { delayAfter, MOST_ATTEMPTS } from './retry-delay.js';

export interface LetterPost extends SiblingStore {
  /**
   * Gives what waits to the mail system, one letter after the other.
   * @throws what the stores throw
   */
  post(): Promise<PostReport>;
}

export interface PostReport {
  readonly sent: number;
  readonly delayed: number;
  readonly toPrint: number;
}

export interface PostOptions {
  readonly temoin: Temoin;
  readonly time: CivilTime;
  /** Undefined: no mail system; everything waits and can be printed. */
  readonly mailer: Mailer | undefined;
  /** Undefined: letters carry no link, and say by what other way one answers. */
  readonly links?: MemberLinks | undefined;
  /** The association's name, at the head of letters. */
  readonly association?: string | undefined;
  /** The association's own telephone number, told in letters. */
  readonly phone?: string | undefined;
}

const PAGE = 50;
const PATIENCE_MS = 30_000;

/**
 * The way out of the house. A letter is opened only to be sent, and kept nowhere. It is written down that it is being sent
 * before it is: what was cut off in between has an unknown outcome, and is printed rather than sent twice.
 */
export function letterPost({ temoin, time, mailer, links, phone, association }: PostOptions): LetterPost {
  const { ids, clock, viewStore, opener } = temoin;
  const inFlight = new Map<string, { readonly cells: readonly string[]; readonly ended: Promise<unknown> }>();

  async function give(command: LetterCommand, label: string): Promise<boolean> {
    const outcome = await temoin.execute({
      commandId: ids.commandId('system', `letter ${command.letterId} ${label}`),
      actor: 'system',
      actorRoles: [],
      correlationId: ids.correlationId(command.letterId),
      stream: `letter-${command.letterId}`,
      command,
    });
    return outcome.outcome === 'accepted' && !outcome.repeated && outcome.receipt.events.length > 0;
  }

  /** The letter with a link of its own for this attempt; without one where none is set up or none could be written down. */
  async function linked(
    { html, text, withLink }: Extract<OpenedLetter, { readonly state: 'whole' }>,
    letterId: string,
    attempt: number,
    label: string,
  ): Promise<{ readonly html: string; readonly text: string }> {
    if (links === undefined || withLink === undefined) return { html, text };
    const token = newLinkToken();
    const lastDay = time.plusDays(time.toLocal(clock.now()).date, links.days);
    const expiresAt = time.toInstant(lastDay, '24:00');
    const issue = { type: 'IssueLink', letterId, attempt, linkSha256: linkDigestOf(token), expiresAt } as const;
    if (!(await give(issue, `${label} link ${attempt}`))) return { html, text };
    return withLink({ url: linkAddress(links, token), until: frenchDate(lastDay, time, { year: true }) });
  }

  async function postOne(one: LetterDocument, by: Mailer): Promise<keyof PostReport | undefined> {
    const { letterId, revision } = one;
    const label = `r${revision}`;
    const opened = await openLetter({ viewStore, opener, time, phone, association }, one);
    if (opened.state === 'unreadable') return undefined;
    if (opened.state === 'erased') {
      await give({ type: 'AbandonLetter', letterId, reason: 'erased' }, `${label} abandon`);
      return undefined;
    }
    const { email, enclosed } = opened;
    if (enclosed) {
      await give({ type: 'RecordUndelivered', letterId, reason: 'needs-enclosure' }, `${label} enclosure`);
      return 'toPrint';
    }
    if (email === undefined) {
      await give({ type: 'RecordUndelivered', letterId, reason: 'no-address' }, `${label} no address`);
      return 'toPrint';
    }
    const attempt = one.attempts + 1;
    // somebody else has it, or it moved on
    if (!(await give({ type: 'BeginSending', letterId }, `${label} begin`))) return undefined;
    const { html, text } = await linked(opened, letterId, attempt, label);
    const mail = { to: email, subject: subjectOf(letterId), text, html, reference: letterId };
    const fault = await by.send(mail).then(
      () => undefined,
      (error: unknown) => (error instanceof MailError ? error : new MailError('unknown-outcome', 'fault')),
    );
    const after = `${label} attempt ${attempt}`;
    if (fault === undefined) {
      await give({ type: 'RecordSent', letterId, attempt }, after);
      return 'sent';
    }
    const { code, reply } = fault;
    if (code === 'temporary' && attempt < MOST_ATTEMPTS) {
      const nextAt = plusMilliseconds(clock.now(), delayAfter(attempt));
      await give({ type: 'RecordDelay', letterId, attempt, code: reply, nextAt }, after);
      return 'delayed';
    }
    const reason = code === 'temporary' ? 'gave-up' : code === 'permanent' ? 'refused' : 'unknown-outcome';
    await give({ type: 'RecordUndelivered', letterId, reason, code: reply }, after);
    return 'toPrint';
  }

  /** What an earlier process was sending when it died. */
  async function settleInterrupted(): Promise<number> {
    const left = (await lettersInFlight({ viewStore })).filter(({ letterId }) => !inFlight.has(letterId));
    for (const { letterId, revision } of left)
      await give({ type: 'RecordUndelivered', letterId, reason: 'unknown-outcome' }, `r${revision} interrupted`);
    return left.length;
  }

  const touching = (cells: readonly string[]) =>
    [...inFlight.values()].filter((one) =>
      one.cells.some((held) => cells.some((cell) => isWithinCell(held, cell) || isWithinCell(cell, held))),
    );

  return {
    name: 'outgoing-mail',

    async post() {
      const report = { sent: 0, delayed: 0, toPrint: 0 };
      if (mailer === undefined) return report;
      await caughtUp(temoin);
      report.toPrint += await settleInterrupted();
      for (;;) {
        const due = await lettersToSend({ viewStore, now: clock.now() }, PAGE);
        let moved = 0;
        for (const one of due) {
          const cells = [one.content.$sealed.cell, `${one.memberId}/identity`];
          const ended = postOne(one, mailer);
          inFlight.set(one.letterId, { cells, ended: ended.catch(() => undefined) });
          try {
            const result = await ended;
            if (result === undefined) continue;
            report[result] += 1;
            moved += 1;
          } finally {
            inFlight.delete(one.letterId);
          }
        }
        if (moved === 0) return report;
        await caughtUp(temoin);
      }
    },

    /** Nothing is kept: what is being sent at this moment is waited for, and nothing of the destroyed cells opens any more. */
    async forget(cells) {
      const waited = touching(cells);
      await Promise.all(waited.map(({ ended }) => ended));
      return waited.length;
    },
    count: async (cells) => touching(cells).length,
  };
}

/** Says neither who nor what. */
const subjectOf = (letterId: string): string => `Message de votre association (référence ${letterId})`;

async function caughtUp({ eventStore, waitFor }: Temoin): Promise<void> {
  const head = await eventStore.head();
  if (head !== undefined && !(await waitFor(lettersView.schema.name, head, PATIENCE_MS)))
    throw Object.assign(new Error('the view of letters is behind'), { code: 'unavailable' });
}
