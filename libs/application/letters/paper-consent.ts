import type { CivilTime } from '#domain/calendar/civil-time.js';
import { sortStatements } from '#domain/charter/form-and-annex.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import { paperReference } from '#domain/letter/papers.js';
import { identityChecks } from '#domain/session/codes.js';
import type { Instant } from '#kernel/time.js';
import type { CharterDocument } from '#views/charters.js';
import { heading, type Letter, type LetterBlock, list, text } from '../documents/letter.js';
import { codeWords } from '../member-export/code-words.js';
import { momentOf } from './letter-facts.js';
import { BLANK, type Paper, paper } from './paper.js';

/** Whom and which appointment a form is filled in for; what is absent is written by hand. */
export interface FilledIn {
  readonly membershipNumber?: string | undefined;
  readonly name?: string | undefined;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
}

const STOP = 'Vous pouvez refuser ou arrêter à tout moment, d’un mot, sans donner de raison.';
const NO_PASSWORD = 'Nous ne demandons jamais un mot de passe permanent.';

/** The four statements and the advice before a session are the charter’s own, as published (form, annex). */
export function consentForm(charter: CharterDocument, time: CivilTime, filled: FilledIn = {}): Paper {
  const { membershipNumber = BLANK, name = BLANK, startsAt, endsAt } = filled;
  const slot =
    startsAt === undefined || endsAt === undefined
      ? `Intervention du : ${BLANK}`
      : `Intervention prévue du ${momentOf({ time }, startsAt)} au ${momentOf({ time }, endsAt)}.`;
  const before = charter.recommendations.filter(({ phase }) => phase === 'before').map(({ text: words }) => words);
  const letter: Letter = {
    title: 'Consentement à une intervention à distance',
    blocks: [
      text(`N° d’adhésion : ${membershipNumber}`),
      text(
        `Je, soussigné(e) ${name}, déclare avoir lu et accepter la charte d’aide à distance ${inForce(charter, time)}.`,
      ),
      text(`${slot}\nCe consentement vaut pour cette seule intervention, ce jour-là.`),
      heading('Je coche ce qui est vrai'),
      ...statements(charter, (words) => `☐ ${words}`),
      text(
        'Aucune case n’est cochée d’avance. Sans l’autorisation de prise de contrôle, il n’y a pas d’intervention. Une autre case laissée vide n’empêche rien : nous vous appelons.',
      ),
      ...lateIsHeard(charter),
      ...(before.length === 0 ? [] : [heading('Avant l’intervention'), list(before)]),
      text(`${STOP} ${NO_PASSWORD}`),
      text(
        `Ce formulaire est conservé avec le journal de l’intervention, ${charter.parameters.journalRetentionMonths} mois après elle, et plus longtemps en cas de litige seulement.`,
      ),
      text(`Date : ${BLANK}\nNom : ${name}\nSignature : ${BLANK}`),
    ],
  };
  return paper('consent-form', letter, charter.charterVersionId);
}

/** What is read on the telephone: who is called, on which number, and the statements of the charter one by one (A2). */
export function oralScript(charter: CharterDocument, time: CivilTime): Paper {
  const letter: Letter = {
    title: 'Consentement de vive voix : texte à lire',
    blocks: [
      text('Lisez chaque phrase en entier, attendez la réponse, notez-la telle quelle. L’appel n’est pas enregistré.'),
      heading('1. L’appel'),
      text(
        `Jour et heure : ${BLANK}\nQui appelle : ${BLANK}\nNuméro appelé : ${BLANK}\nC’est le numéro que l’association connaît déjà, pas un numéro donné pendant l’appel.`,
      ),
      heading('2. À qui je parle'),
      list(identityChecks.map((one) => `☐ ${codeWords[one] ?? one}`)),
      text(
        'En cas de doute : raccrochez et rappelez le numéro connu. Aucune pièce d’identité n’est demandée ni gardée.',
      ),
      heading('3. Ce que je dis'),
      text(
        `« Je vous appelle pour l’intervention à distance du ${BLANK}. Votre accord vaut pour cette seule intervention. ${STOP} ${NO_PASSWORD} »`,
      ),
      text(`« Avez-vous lu la charte ${inForce(charter, time)}, et l’acceptez-vous ? »   ☐ oui   ☐ non`),
      heading('4. Les questions, une par une'),
      ...statements(charter, (words) => `« ${words} » Est-ce vrai ?   ☐ oui   ☐ non`),
      text(
        'Un non à la prise de contrôle : il n’y a pas d’intervention, et l’on n’insiste pas. Un autre non se note et s’explique.',
      ),
      ...lateIsHeard(charter),
      heading('5. La confirmation'),
      text('« Vous recevrez par écrit ce que j’ai noté, et vous pourrez dire que ce n’est pas exact. »'),
      list(['☐ par courriel', '☐ par courrier', '☐ remise en personne']),
      text(`À noter avec le consentement : texte « ${paperReference('oral-script')} ».`),
    ],
  };
  return paper('oral-script', letter, charter.charterVersionId);
}

const inForce = ({ effectiveFrom }: CharterDocument, time: CivilTime): string =>
  `en vigueur depuis le ${frenchDate(effectiveFrom, time, { year: true })}`;

function statements({ consentStatements }: CharterDocument, line: (words: string) => string): readonly LetterBlock[] {
  return consentStatements.length === 0
    ? [text('La charte publiée ne porte aucune déclaration : complétez-la avant de recueillir un consentement.')]
    : [list(consentStatements.map(line))];
}

/** The statement on contesting is given as the charter has it, and is never a bar (A7). */
function lateIsHeard({ consentStatements }: CharterDocument): readonly LetterBlock[] {
  const contest = sortStatements(consentStatements).found[3];
  return contest === undefined
    ? []
    : [text('Le délai pour contester est un souhait : une réclamation plus tardive est reçue et examinée.')];
}
