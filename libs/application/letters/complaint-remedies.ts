import type { Opened } from '#kernel/sealed.js';
import type { PolicyLine } from '#views/insurance-cover.js';
import { heading, type LetterBlock, list, text } from '../documents/letter.js';
import { wayToMediator } from './complaint-mediation.js';
import { dayOf, type LetterFacts, LetterNotReady, LetterUnreadable } from './letter-facts.js';

/** @throws LetterNotReady while no mediator is recorded */
export function withMediator(facts: LetterFacts): LetterFacts {
  if (facts.mediator === undefined) throw new LetterNotReady('mediator-missing');
  return facts;
}

/** Article 6.3 as published, the mediator of the day, what the law of consumer mediation adds where it applies, contacts. */
export function remedies(facts: LetterFacts): readonly LetterBlock[] {
  const recourse = facts.article('6.3') ?? facts.article('6');
  const contacts = facts.article('11');
  return [
    heading('Médiateur et recours'),
    text(recourse ?? 'Vous pouvez vous adresser au médiateur de l’association, à la DGCCRF ou au tribunal.'),
    ...(facts.mediator === undefined ? [] : [text(`Médiateur :\n${facts.mediator}`)]),
    ...wayToMediator(facts),
    ...(contacts === undefined ? [] : [heading('Contacts'), text(contacts)]),
  ];
}

/**
 * Insurer, kind of cover and policy number, of the day of each session and of today (6.2, 11 d).
 * @throws LetterUnreadable
 */
export function insured(facts: LetterFacts): readonly LetterBlock[] {
  const policies = new Map(facts.insurance.flatMap((one) => one.policies.map((policy) => [policy.recordId, policy])));
  if (policies.size === 0) return [];
  return [
    heading('Assurance de l’association'),
    list([...policies.values()].map((policy) => `${policyWords(facts, policy)} ${whenInForce(facts, policy)}`)),
    text('L’attestation peut être consultée au siège de l’association.'),
  ];
}

const policyWords = (facts: LetterFacts, { insurer, coverage, policyNumber, from, until }: PolicyLine): string => {
  const days =
    until === undefined ? `depuis le ${dayOf(facts, from)}` : `du ${dayOf(facts, from)} au ${dayOf(facts, until)}`;
  return `Assureur : ${wordOf(insurer)}. Garantie : ${wordOf(coverage)}. Contrat n° ${wordOf(policyNumber)}, ${days}.`;
};

function whenInForce({ insurance }: LetterFacts, { recordId }: PolicyLine): string {
  const inForce = insurance.filter(({ policies }) => policies.some((one) => one.recordId === recordId));
  const then = inForce.some(({ sessionId }) => sessionId !== undefined);
  const now = inForce.some(({ sessionId }) => sessionId === undefined);
  if (then && now) return 'En vigueur le jour de l’intervention et aujourd’hui.';
  return then ? 'En vigueur le jour de l’intervention.' : 'En vigueur aujourd’hui.';
}

function wordOf(value: Opened<string>): string {
  if (value.state === 'unreadable') throw new LetterUnreadable('a policy does not open');
  return value.state === 'present' ? value.value : '(effacé)';
}
