import type { ComplaintClockCode } from '#domain/complaint/codes.js';
import { heading, type LetterBlock, list, text } from '../documents/letter.js';
import { dayOf, type LetterFacts } from './letter-facts.js';

interface Clock {
  readonly clock: string;
  readonly lastDay: string;
  readonly derivation: string;
}

const CLOCK_WORDS: Readonly<Partial<Record<ComplaintClockCode, string>>> = {
  'complaint-proposal': 'Une proposition vous sera faite au plus tard',
  'mediator-wait': 'Le médiateur peut d’ordinaire être saisi une fois passé',
  'mediator-referral': 'Le médiateur peut être saisi au plus tard',
  'mediator-admissibility': 'Le médiateur dit d’ordinaire si la demande est recevable au plus tard',
  'mediator-outcome': 'L’issue de la médiation est attendue, sauf prolongation par le médiateur, au plus tard',
};

/** Those of the clocks that the event carries, in words, each with its derivation. */
export const clocksTold = (facts: LetterFacts, ...names: readonly ComplaintClockCode[]): readonly string[] =>
  ((facts.event.data.clocks ?? []) as readonly Clock[]).flatMap(({ clock, lastDay, derivation }) => {
    const name = names.find((one) => one === clock);
    return name === undefined ? [] : [`${CLOCK_WORDS[name]} le ${dayOf(facts, lastDay)}, 24 h (${derivation}).`];
  });

/** A mediator asks for a written complaint first (L612-2). */
export const toBeWritten = ({ mediation }: LetterFacts): readonly LetterBlock[] =>
  mediation?.toBeWritten === true
    ? [
        text(
          'Vous nous avez parlé de vive voix. Si vous voulez pouvoir saisir le médiateur, écrivez-nous aussi : il demande une réclamation écrite d’abord, et les délais de la médiation courent du jour où nous la recevons.',
        ),
      ]
    : [];

/** What comes after a referral to the mediator; nothing where the law of consumer mediation does not apply. */
export function courseOfMediation(facts: LetterFacts): readonly LetterBlock[] {
  const told = clocksTold(facts, 'mediator-admissibility', 'mediator-outcome');
  return told.length === 0 ? [] : [heading('Ce qui suit'), list(told)];
}

/** Under which conditions a member may turn to the mediator, as the complaint was told; nothing where none apply. */
export function wayToMediator(facts: LetterFacts): readonly LetterBlock[] {
  const { mediation } = facts;
  if (mediation === undefined) return [];
  const { from, until } = mediation;
  const days =
    from === undefined || until === undefined
      ? []
      : [
          `Votre réclamation écrite nous est parvenue : vous pouvez le saisir d’ordinaire une fois passé le ${dayOf(facts, from)}, et au plus tard le ${dayOf(facts, until)}, 24 h.`,
        ];
  return [
    text('La médiation de la consommation est gratuite pour vous, et vous restez libre d’aller au tribunal.'),
    list([
      ...days,
      'Le médiateur dit d’ordinaire sous trois semaines si votre demande est recevable.',
      'L’issue intervient d’ordinaire dans les 90 jours ; le médiateur peut prolonger ce délai.',
    ]),
    ...toBeWritten(facts),
  ];
}
