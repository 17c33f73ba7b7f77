import type { Opened } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { localDayOf } from '#views/local-day.js';
import type { RightsDocument } from '#views/rights.js';
import { heading, type Letter, type LetterBlock, list, text } from '../documents/letter.js';
import type { Answer } from './answer-data.js';
import { rightsArticles, rightsWords } from './french-words.js';

interface LetterFacts {
  readonly one: RightsDocument;
  readonly decidedAs: 'director' | 'delegate' | 'president' | undefined;
  readonly today: LocalDate;
  readonly date: (day: LocalDate) => string;
}

const signatures = {
  director: 'Le Directeur',
  delegate: 'Le délégué du Directeur',
  president: 'Le Président',
} as const;

/** A sealed text in a letter: what cannot be read leaves a mark, never a gap. */
const words = (opened: Opened<string> | null, otherwise: string): string => {
  if (opened === null) return otherwise;
  if (opened.state === 'present') return opened.value;
  return opened.state === 'erased' ? `[effacé le ${opened.erasedAt.slice(0, 10)}]` : '[illisible pour l’instant]';
};

/**
 * The answer in French: what was asked, what is decided, what is erased and what is kept with ground and end, the reasons
 * of a refusal, and whom to turn to (GDPR 12(3), 12(4), 17(3)).
 */
export function answerLetter(answer: Omit<Answer, 'letter'>, facts: LetterFacts): Letter {
  const { one, today, date, decidedAs } = facts;
  const asked = `Le ${date(localDayOf(one.receivedAt))}, vous avez exercé votre ${rightsWords[one.kind]} (${rightsArticles[one.kind]}).`;
  return {
    title: `Réponse à votre demande : ${rightsWords[one.kind]}`,
    blocks: [
      text(`${words(answer.addressee.name, '[Nom]')}\n${words(answer.addressee.postalAddress, '[Adresse]')}`),
      text(
        `Le ${date(one.answer === undefined ? today : localDayOf(one.answer.sentAt))} – référence ${answer.rightsId}`,
      ),
      ...(answer.decided ? [] : [text('[Projet : la décision n’est pas encore prise.]')]),
      text(asked),
      ...late(answer, facts),
      text(outcome(answer)),
      ...erased(answer),
      ...kept(answer, date),
      ...reasons(answer),
      ...remedies(answer),
      text(signatures[decidedAs ?? (one.concernsDirector ? 'president' : 'director')]),
    ],
  };
}

/** Told within the first month, with the reasons (GDPR 12(3)). */
export function extensionLetter(
  { reasons, addressee }: { readonly reasons: Opened<string>; readonly addressee: Answer['addressee'] },
  one: RightsDocument,
  date: LetterFacts['date'],
): Letter {
  const told = one.extension?.extendedAt ?? one.receivedAt;
  return {
    title: `Votre demande demande plus de temps : ${rightsWords[one.kind]}`,
    blocks: [
      text(`${words(addressee.name, '[Nom]')}\n${words(addressee.postalAddress, '[Adresse]')}`),
      text(`Le ${date(localDayOf(told))} – référence ${one.rightsId}`),
      text(
        `Le ${date(localDayOf(one.receivedAt))}, vous avez exercé votre ${rightsWords[one.kind]} (${rightsArticles[one.kind]}). Le délai d’un mois est prolongé de deux mois (article 12, paragraphe 3).`,
      ),
      text(`Vous recevrez la réponse au plus tard le ${date(one.dueOn)}, 24 h.`),
      heading('Pourquoi'),
      text(words(reasons, '')),
      text(signatures[one.concernsDirector ? 'president' : 'director']),
    ],
  };
}

function outcome({ kind, decision }: Omit<Answer, 'letter'>): string {
  if (decision === 'refused') return 'Il ne peut pas être donné suite à cette demande, pour les motifs qui suivent.';
  const partly = decision === 'partly' ? ' en partie' : '';
  switch (kind) {
    case 'access':
      return `Il est fait droit${partly} à cette demande : vous trouverez ci-joint la copie des données que l’association détient sur vous, avec leurs finalités, leurs destinataires et leurs durées de conservation.`;
    case 'portability':
      return `Il est fait droit${partly} à cette demande : vous trouverez ci-joint, dans un format structuré (JSON), les données que vous avez fournies.`;
    case 'rectification':
      return `Il est fait droit${partly} à cette demande : les données sont corrigées. La valeur corrigée est celle qui sert désormais.`;
    case 'erasure':
      return decision === 'partly'
        ? 'Il est fait droit en partie à cette demande : certaines données sont effacées, d’autres doivent être gardées pour un temps.'
        : 'Il est fait droit à cette demande : vos données sont effacées.';
    case 'restriction':
      return `Il est fait droit${partly} à cette demande : vos données sont gardées, et ne servent plus. Vous serez prévenu avant que cette limitation prenne fin.`;
    default:
      return `Il est fait droit${partly} à cette demande : vos données ne servent plus au traitement auquel vous vous opposez.`;
  }
}

const erased = ({ kind, decision, erased: gone }: Omit<Answer, 'letter'>): readonly LetterBlock[] =>
  kind !== 'erasure' || decision === 'refused'
    ? []
    : [
        heading('Ce qui est effacé'),
        list(gone.map(({ label }) => label)),
        text(
          'L’effacement est définitif. Un certificat signé en donne la preuve, avec la date à laquelle la dernière sauvegarde concernée disparaît.',
        ),
      ];

function kept({ kept: all }: Omit<Answer, 'letter'>, date: LetterFacts['date']): readonly LetterBlock[] {
  if (all.length === 0) return [];
  const lines = all.map(({ label, groundText, until }) => {
    const end = until === undefined ? 'jusqu’à ce que ce motif cesse' : `au plus tard jusqu’au ${date(until)}, 24 h`;
    return `${label} : ${groundText}, ${end}`;
  });
  return [
    heading('Ce qui est gardé, pourquoi et jusqu’à quand'),
    list(lines),
    text(
      all.some(({ ground }) => ground === 'legal-claim')
        ? 'Leur usage est limité à ce motif (article 18 du RGPD) ; vous serez prévenu avant que cette limitation prenne fin. Elles suivent ensuite leur durée de conservation ordinaire.'
        : 'Ces données ne servent à rien d’autre. Elles suivent ensuite leur durée de conservation ordinaire.',
    ),
  ];
}

function reasons({ grounds, reasons: told, decision }: Omit<Answer, 'letter'>): readonly LetterBlock[] {
  if (decision === 'granted' && told === null) return [];
  const why = told === null ? [] : [text(words(told, ''))];
  if (grounds.length === 0) return why.length === 0 ? [] : [heading('Précisions'), ...why];
  return [heading('Motifs'), list(grounds.map((one) => one.text)), ...why];
}

/** Told with every refusal, whole or partial (GDPR 12(4)). */
const remedies = ({ decision }: Omit<Answer, 'letter'>): readonly LetterBlock[] =>
  decision === 'granted'
    ? []
    : [
        heading('Vos recours'),
        text(
          'Vous pouvez saisir la Commission nationale de l’informatique et des libertés (CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, www.cnil.fr/fr/plaintes) ou le tribunal judiciaire.',
        ),
      ];

/** Late is told, never hidden. */
function late({ decided }: Omit<Answer, 'letter'>, { one, today, date }: LetterFacts): readonly LetterBlock[] {
  const isLate = one.answer?.late ?? today > one.dueOn;
  const due = `La réponse était due pour le ${date(one.dueOn)}`;
  if (isLate && (decided || one.answer === undefined))
    return [text(`${due} : elle vous parvient en retard, ce dont nous vous prions de nous excuser.`)];
  return one.extension === undefined ? [] : [text(`${due}, après une prolongation qui vous a été annoncée.`)];
}
