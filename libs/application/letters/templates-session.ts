import { heading, type Letter, list, text } from '../documents/letter.js';
import { codeWords } from '../member-export/code-words.js';
import { type Statements, statementLines } from './consent-words.js';
import type { LetterContent } from './letter-content.js';
import { dayOf, type LetterFacts, momentOf, textField } from './letter-facts.js';
import { notExact } from './not-exact.js';

const STOP = 'Vous pouvez refuser ou arrêter à tout moment, d’un mot, sans donner de raison.';

/** Sent with the appointment (annex, before the session). */
export function preparation(facts: LetterFacts): Letter {
  const { startsAt, endsAt } = facts.event.data;
  return {
    title: 'Préparer votre rendez-vous d’aide à distance',
    blocks: [
      text(
        `Votre rendez-vous a lieu le ${momentOf(facts, startsAt)}, et se termine au plus tard le ${momentOf(facts, endsAt)}.`,
      ),
      heading('Avant le rendez-vous'),
      list([
        'Fermez votre banque en ligne, votre messagerie et vos documents personnels.',
        'Dites-nous si quelque chose de confidentiel reste visible à l’écran, sans nous dire quoi.',
        'Sauvegardez vos données : vous en restez responsable.',
        'Dites-nous les dossiers auxquels il ne faut pas toucher.',
      ]),
      heading('Pendant le rendez-vous'),
      list(['Restez devant l’écran.', 'Demandez ce qui vous étonne.', STOP]),
      text('Nous ne vous demanderons jamais un mot de passe permanent, ni par téléphone, ni par courriel.'),
    ],
  };
}

/** What was consented to, box by box, as it was recorded (3.1 b, form). */
const consented = (facts: LetterFacts) => list(statementLines(facts.event.data.statements as Statements));

/** Oral consent is confirmed in writing, so that the member can say that it is not exact (A2). */
export const consentConfirmation = (facts: LetterFacts): LetterContent => ({
  title: 'Confirmation de votre accord donné de vive voix',
  blocks: [
    text(
      `Le ${momentOf(facts, facts.event.data.givenAt)}, vous nous avez donné votre accord de vive voix pour une intervention à distance, le ${dayOf(facts, facts.event.data.validOn)}. Voici ce que nous avons noté :`,
    ),
    consented(facts),
    { kind: 'not-exact' },
    text(`Cet accord vaut pour cette seule intervention, ce jour-là. ${STOP}`),
    text(`Version de la charte : ${textField(facts, 'charterVersionId')}.`),
  ],
});

export const consentReceipt = (facts: LetterFacts): LetterContent => ({
  title: 'Reçu de votre consentement',
  blocks: [
    text(
      `Le ${momentOf(facts, facts.event.data.givenAt)}, vous avez donné votre accord pour une intervention à distance, le ${dayOf(facts, facts.event.data.validOn)} :`,
    ),
    consented(facts),
    text(
      `Signature : ${codeWords[textField(facts, 'signatureMethod')] ?? textField(facts, 'signatureMethod')}. Version de la charte : ${textField(facts, 'charterVersionId')}.`,
    ),
    text(`Cet accord vaut pour cette seule intervention, ce jour-là. ${STOP}`),
    { kind: 'not-exact' },
  ],
});

/** The day after: three boxes, asked once (X.7–9). */
export const followUp = (facts: LetterFacts): Letter => ({
  title: 'Après votre intervention : trois questions',
  blocks: [
    text('Après l’aide que nous vous avons apportée, merci de nous dire, par retour ou par téléphone :'),
    list([
      '☐ J’ai changé les mots de passe provisoires (ou il n’y en avait pas).',
      '☐ J’ai vérifié que l’ordinateur fonctionne.',
      '☐ J’ai noté les conseils reçus.',
    ]),
    text('Vous n’êtes pas tenu de répondre, et nous ne vous relancerons pas sans fin.'),
    text(
      'Si quelque chose ne va pas, dites-le-nous de préférence dans les huit jours ; une réclamation écrite au Directeur reste possible ensuite.',
    ),
    ...(facts.charter === undefined ? [] : [text(`Intervention faite selon la charte.`)]),
  ],
});

const DECLINED: Readonly<Record<string, string>> = {
  'content-creation':
    'La création de contenu et la saisie de données ne font pas partie du service (article 1.2). Nous pouvons vous conseiller pour le faire vous-même : dites-le-nous.',
  'specialised-software':
    'Ce logiciel spécialisé demande un bénévole formé, et nous n’en avons pas pour l’instant (article 1.2).',
  'on-site': 'Le service se rend à distance seulement : nous n’intervenons pas sur place (article 1.2).',
  'commercial-use': 'Le service n’intervient pas sur un matériel d’usage professionnel ou commercial (article 1.2).',
  'not-a-member': 'Le service est réservé aux adhérents de l’association.',
  other: 'Cette demande sort de ce que la charte prévoit (article 1).',
};

export const decline = (facts: LetterFacts): Letter => ({
  title: 'Réponse à votre demande d’aide',
  blocks: [
    text('Nous avons bien reçu votre demande d’aide à distance. Nous ne pouvons pas y donner suite :'),
    text(DECLINED[textField(facts, 'reason')] ?? DECLINED.other ?? ''),
    text('Si nous avons mal compris votre demande, dites-le-nous : elle sera relue.'),
  ],
});

/** Said before, by the association and by the member (7.2 c). */
export const exceptionalAgreement = (facts: LetterFacts): Letter => ({
  title: 'Accord pour un rendez-vous en dehors des heures habituelles',
  blocks: [
    text(
      `Un rendez-vous hors des règles habituelles est convenu : du ${momentOf(facts, facts.event.data.slotStart)} au ${momentOf(facts, facts.event.data.slotEnd)}.`,
    ),
    text(`Motif : ${codeWords[textField(facts, 'reason')] ?? textField(facts, 'reason')}.`),
    text(`Vous l’avez accepté le ${momentOf(facts, facts.event.data.memberAcceptedAt)}. ${notExact(undefined)}`),
  ],
});
