import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { Opened } from '#kernel/sealed.js';
import type { Opener } from '#ports/opener/opener.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { LetterDocument } from '#views/letters.js';
import { getMember } from '#views/members.js';
import { openWithin } from '#views/query.js';
import { type Letter, letterHtml, letterText, text } from '../documents/letter.js';
import { type LetterContent, letterIn } from './letter-content.js';
import { type ContestLink, notExactBlocks } from './not-exact.js';

/** A letter as it leaves, in both forms. */
export type OpenedLetter =
  | {
      readonly state: 'whole';
      readonly title: string;
      readonly html: string;
      readonly text: string;
      /** Undefined: the member has none, or it was erased. */
      readonly email: string | undefined;
      /** True: a person puts something in, so that mail does not take it. */
      readonly enclosed: boolean;
      /** The same with a link to say « ce n’est pas exact »; absent in a letter that speaks of no consent. */
      readonly withLink?: (link: ContestLink) => { readonly html: string; readonly text: string };
    }
  | { readonly state: 'erased' }
  | { readonly state: 'unreadable' };

interface PageDeps {
  readonly viewStore: ViewStore;
  readonly opener: Opener;
  readonly time: CivilTime;
  /** The association's own telephone number, for members who say « ce n’est pas exact ». */
  readonly phone?: string | undefined;
  /** The association's name, where it is set. */
  readonly association?: string | undefined;
}

/** Opens a letter and puts date, reference and addressee to it: one declaration, two renderings. */
export async function openLetter(
  { viewStore, opener, time, phone, association }: PageDeps,
  one: LetterDocument,
): Promise<OpenedLetter> {
  const [{ content }, member] = await Promise.all([
    openWithin(opener, { content: one.content }),
    getMember({ viewStore, opener }, one.memberId),
  ]);
  if (content.state === 'erased') return { state: 'erased' };
  const { name, postalAddress, email } = member?.identity ?? {};
  if ([content, name, postalAddress, email].some((value) => value?.state === 'unreadable'))
    return { state: 'unreadable' };
  const written = letterIn(content.state === 'present' ? content.value : '');
  const head = {
    sender: association,
    addressee: [present(name), present(postalAddress)].filter((line) => line !== undefined),
    day: frenchDate(time.toLocal(one.preparedAt).date, time, { year: true }),
    letterId: one.letterId,
  };
  const rendered = (link: ContestLink | undefined) => {
    const letter = withHead(spoken(written, phone, link), head);
    return { html: letterHtml(letter), text: letterText(letter) };
  };
  const contestable = written.blocks.some(({ kind }) => kind === 'not-exact');
  return {
    state: 'whole',
    title: written.title,
    ...rendered(undefined),
    email: present(email),
    enclosed: written.enclosed === true,
    ...(contestable ? { withLink: rendered } : {}),
  };
}

const present = (value: Opened<string> | undefined): string | undefined =>
  value?.state === 'present' ? value.value : undefined;

const spoken = (
  { title, blocks }: LetterContent,
  phone: string | undefined,
  link: ContestLink | undefined,
): Letter => ({
  title,
  blocks: blocks.flatMap((block) => (block.kind === 'not-exact' ? notExactBlocks(phone, link) : [block])),
});

function withHead(
  { title, blocks }: Letter,
  head: {
    readonly sender: string | undefined;
    readonly addressee: readonly string[];
    readonly day: string;
    readonly letterId: string;
  },
): Letter {
  const sender = head.sender === undefined ? [] : [text(head.sender)];
  const addressee = head.addressee.length === 0 ? [] : [text(head.addressee.join('\n'))];
  return { title, blocks: [...sender, ...addressee, text(`Le ${head.day} – référence ${head.letterId}`), ...blocks] };
}
