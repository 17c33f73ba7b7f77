import { type LetterBlock, link, text } from '../documents/letter.js';

/** A link under which the member says « ce n’est pas exact », in a letter that leaves by mail. */
export interface ContestLink {
  readonly url: string;
  /** French: the last day on which it works. */
  readonly until: string;
}

/** The sentence of a letter that may be printed. @param phone the association's own number, where it is told */
export const notExact = (phone: string | undefined): string =>
  `Ce n’est pas exact ? Répondez « ce n’est pas exact » à ce message, ou dites-le-nous au téléphone${at(phone)} ou par courrier, avec la référence de ce courrier. Aucune raison n’est demandée, et rien ne se fait avant que ce soit éclairci.`;

/** What stands for `not-exact` when a letter leaves. Never a link alone: mail and paper are equal. */
export function notExactBlocks(phone: string | undefined, given: ContestLink | undefined): readonly LetterBlock[] {
  if (given === undefined) return [text(notExact(phone))];
  return [
    text(
      'Ce n’est pas exact ? Dites-le-nous ici, sans donner de raison ; rien ne se fait avant que ce soit éclairci :',
    ),
    link('Ce n’est pas exact', given.url),
    text(
      `Ce lien est à vous seul et fonctionne jusqu’au ${given.until}. Vous pouvez aussi répondre « ce n’est pas exact » à ce message, ou nous le dire au téléphone${at(phone)} ou par courrier, avec la référence de ce courrier.`,
    ),
  ];
}

const at = (phone: string | undefined): string => (phone === undefined ? '' : ` au ${phone}`);
