import { heading, type Letter, type LetterBlock, list, text } from '../documents/letter.js';
import { codeWords } from '../member-export/code-words.js';
import { clocksTold, courseOfMediation, toBeWritten } from './complaint-mediation.js';
import { insured, remedies, withMediator } from './complaint-remedies.js';
import { dayOf, type LetterFacts, momentOf, textField, wordsOf } from './letter-facts.js';

/** That it arrived, what happens next and when, and what stays possible (9.1, 9.2). */
export const acknowledgement = (facts: LetterFacts): Letter => ({
  title: 'Nous avons reçu votre réclamation',
  blocks: [
    text(
      `Votre réclamation est arrivée le ${momentOf(facts, facts.event.data.receivedAt)}. Elle est conservée avec les traces de l’intervention, que nous gelons tant que dure le différend.`,
    ),
    heading('Ce qui suit'),
    list(clocksTold(facts, 'complaint-proposal', 'mediator-wait', 'mediator-referral')),
    text(
      'Une personne qui n’est pas mise en cause regarde les faits. Le Directeur décide ; si la réclamation le concerne, le Président décide à sa place.',
    ),
    ...late(facts),
    ...toBeWritten(facts),
  ],
});

/** Told plainly, and never a bar (A7). */
function late(facts: LetterFacts): readonly LetterBlock[] {
  const windows = (facts.event.data.clocks ?? []) as readonly { readonly clock: string; readonly inTime?: boolean }[];
  return windows.some(({ inTime }) => inTime === false)
    ? [text('Elle nous est parvenue après le délai que la charte souhaite. Elle est examinée tout de même.')]
    : [];
}

export const proposal = (facts: LetterFacts): Letter => {
  const { answerBy } = facts.event.data;
  return {
    title: 'Proposition amiable',
    blocks: [
      text('À la suite de votre réclamation, nous vous proposons :'),
      text(wordsOf(facts, 'terms') ?? ''),
      text(
        answerBy === undefined
          ? 'Dites-nous si vous êtes d’accord ou non, par le moyen qui vous convient.'
          : `Dites-nous si vous êtes d’accord ou non, si possible avant le ${dayOf(facts, answerBy)}. Une réponse plus tardive reste possible.`,
      ),
      text('Vous pouvez refuser sans donner de raison. Le médiateur et les autres recours restent ouverts.'),
      ...remedies(facts),
      signed(facts),
    ],
  };
};

/** The mediator’s contacts are mandatory in it (6.3). @throws LetterNotReady while no mediator is recorded */
export const finalAnswer = (facts: LetterFacts): Letter => ({
  title: 'Réponse finale à votre réclamation',
  blocks: [
    text(wordsOf(facts, 'finalAnswer') ?? ''),
    text(`Issue : ${codeWords[textField(facts, 'outcome')] ?? textField(facts, 'outcome')}.`),
    ...remedies(withMediator(facts)),
    ...insured(facts),
    signed(facts),
  ],
});

export const referral = (facts: LetterFacts): Letter => ({
  title: 'Votre dossier est transmis à un tiers',
  blocks: [
    text(`Le ${momentOf(facts, facts.event.data.sentAt)}, votre dossier a été transmis à :`),
    text(wordsOf(facts, 'recipientName') ?? ''),
    list([
      `Motif : ${codeWords[textField(facts, 'ground')] ?? textField(facts, 'ground')}.`,
      `Contenu : ${textField(facts, 'variant') === 'full' ? 'dossier complet' : 'dossier réduit : les tiers et les interventions sans rapport en sont retirés'}.`,
      `Empreinte du contenu envoyé (SHA-256) : ${textField(facts, 'contentSha256')}.`,
    ]),
    text('Vous pouvez nous en demander une copie.'),
    ...courseOfMediation(facts),
    ...remedies(facts),
    ...insured(facts),
  ],
});

const signed = (facts: LetterFacts): LetterBlock =>
  text(facts.event.data.decidedAs === 'president' ? 'Le Président' : 'Le Directeur');
