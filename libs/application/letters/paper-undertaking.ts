import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { CharterDocument } from '#views/charters.js';
import { heading, type LetterBlock, list, text } from '../documents/letter.js';
import { BLANK, type Paper, paper } from './paper.js';

/** What a technician signs, each year and under each new version of the charter (5.2). */
export function technicianUndertaking(charter: CharterDocument, time: CivilTime): Paper {
  const article = (number: string) => charter.articles.find((one) => one.number === number);
  const quoted = ['5.2', '3.3'].flatMap((number): readonly LetterBlock[] => {
    const found = article(number);
    return found === undefined ? [] : [text(`Article ${number}, ${found.title}\n${found.text}`)];
  });
  return paper(
    'technician-undertaking',
    {
      title: 'Engagement de confidentialité de l’intervenant',
      blocks: [
        text(
          `Je, soussigné(e) ${BLANK}, intervenant(e) bénévole de l’association, ai lu la charte d’aide à distance en vigueur depuis le ${frenchDate(charter.effectiveFrom, time, { year: true })}, et je m’engage à la respecter.`,
        ),
        heading('Je m’engage à'),
        list([
          'garder pour moi, pendant et après mon bénévolat, ce que je vois ou apprends chez les adhérents ;',
          'ne regarder que ce que le problème demande, et ne toucher à aucun dossier que l’adhérent a mis de côté ;',
          'ne rien enregistrer, copier ni réutiliser de ce que je vois ;',
          'ne jamais demander, noter ni garder un mot de passe permanent ;',
          'n’intervenir qu’avec l’accord de l’adhérent, en sa présence, et arrêter dès qu’il le demande ;',
          'dire sans attendre au Directeur, ou au Président, tout accès, perte ou divulgation qui n’aurait pas dû être.',
        ]),
        ...(quoted.length === 0 ? [] : [heading('Ce que dit la charte'), ...quoted]),
        text(
          'Cet engagement est renouvelé chaque année, et à chaque nouvelle version de la charte. Sans lui, je ne commence aucune intervention.',
        ),
        text(`Date : ${BLANK}\nNom : ${BLANK}\nSignature : ${BLANK}`),
        text(`Reçu pour l’association, par : ${BLANK}\nLe : ${BLANK}`),
      ],
    },
    charter.charterVersionId,
  );
}
