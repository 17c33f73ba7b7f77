import { statementLines } from '#application/letters/consent-words.js';
import type { LinkAnswer, RemarkLeft } from '#application/letters/contest-link.js';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate, frenchMoment } from '#domain/deadlines/french-date.js';
import { REMARK_MAX } from './form-body.js';
import { answers, call, heading, onScreen, paragraph, reference, said } from './page-frame.js';

/** A page and the status it is answered with. */
export interface Page {
  readonly status: number;
  readonly title: string;
  /** HTML below the title. */
  readonly body: string;
}

export interface PageWords {
  readonly time: CivilTime;
  /** The association's name, where it is set. */
  readonly association: string | undefined;
  /** The association's own telephone number, where it is told. */
  readonly phone: string | undefined;
}

type Shown = Pick<Page, 'title' | 'body'>;
type Open = Extract<LinkAnswer, { readonly state: 'open' }>;

const TITLE = 'Votre accord pour une aide à distance';

/** What a link shows at this moment, in words for whoever holds it: nobody's name is on any of these pages. */
export function contestPage(answer: LinkAnswer, words: PageWords, remarkLeft?: RemarkLeft): Page {
  switch (answer.state) {
    case 'open':
      return {
        status: 200,
        ...(answer.contestedAt === undefined ? ask(answer, words) : told(answer, words, remarkLeft)),
      };
    case 'over':
      return plain(200, TITLE, [paragraph(OVER[answer.why]), reference('Référence', answer.letterId), orCall(words)]);
    case 'expired':
      return plain(410, 'Ce lien n’est plus valable', [
        paragraph(
          'Le délai pour répondre par ce lien est passé. Rien n’a été changé, et vous pouvez toujours nous dire ce qui n’est pas exact.',
        ),
        reference('Référence à donner', answer.letterId),
        callUs(words),
      ]);
    case 'erased':
      return plain(410, 'Nous n’avons plus rien sur cet accord', [
        paragraph('Ce dont parlait ce lien a été effacé : nous n’en gardons plus rien, et il n’y a rien à corriger.'),
        orCall(words),
      ]);
    case 'unreadable':
      return later(words);
    case 'unknown':
      return plain(404, 'Ce lien n’est pas reconnu', [
        paragraph('Il est peut-être coupé ou mal recopié. Ouvrez-le de nouveau depuis notre message, en entier.'),
        callUs(words),
      ]);
  }
}

/** For what the server itself refuses or cannot do now. Never what went wrong inside. */
export function faultPage(status: number, words: PageWords): Page {
  if (status === 429)
    return plain(429, 'Un instant, s’il vous plaît', [
      paragraph('Trop de demandes sont arrivées en peu de temps. Attendez une minute, puis ouvrez de nouveau le lien.'),
      orCall(words),
    ]);
  if (status === 503) return later(words);
  if (status < 500)
    return plain(status, 'Cette réponse n’a pas pu être lue', [
      paragraph('Ouvrez de nouveau le lien de notre message, puis appuyez sur « Ce n’est pas exact ».'),
      orCall(words),
    ]);
  return plain(status, 'Cela n’a pas marché', [paragraph('Réessayez dans quelques minutes.'), callUs(words)]);
}

const later = (words: PageWords): Page =>
  plain(503, 'Un peu de patience', [
    paragraph(
      'Nous ne pouvons pas lire cette page pour l’instant. Rien n’est perdu : réessayez dans quelques minutes.',
    ),
    callUs(words),
  ]);

const plain = (status: number, title: string, parts: readonly string[]): Page => ({
  status,
  title,
  body: parts.join('\n'),
});

const OVER = {
  replaced:
    'Depuis ce message, un autre accord a été noté à la place de celui-ci. Si celui-là n’est pas exact non plus, le lien de son propre message permet de le dire.',
  withdrawn: 'Cet accord est retiré : il n’autorise plus rien.',
  refused: 'Cette intervention a été refusée : rien n’est autorisé.',
} as const;

const recorded = ({ letterId, consent }: Open, { time }: PageWords): string => {
  const how = consent.mode === 'oral' ? 'de vive voix' : 'par écrit';
  return [
    heading('Ce que nous avons noté'),
    paragraph(
      `Accord donné ${how} le ${frenchMoment(consent.givenAt, time)}, pour une seule intervention, le ${frenchDate(consent.validOn, time, { year: true })} :`,
    ),
    answers(statementLines(consent.statements)),
    reference('Référence', letterId),
  ].join('\n');
};

function ask(answer: Open, words: PageWords): Shown {
  const form = `<form method="post">
<label for="remark">Qu’est-ce qui n’est pas exact ? (facultatif)</label>
<p class="note" id="remark-hint">Aucune raison n’est demandée. N’écrivez ni mot de passe, ni numéro de carte ou de compte.</p>
<textarea id="remark" name="remark" rows="4" maxlength="${REMARK_MAX}" aria-describedby="remark-hint"></textarea>
<button type="submit">Ce n’est pas exact</button>
</form>`;
  const body = [
    recorded(answer, words),
    onScreen(
      paragraph('Si tout est exact, vous n’avez rien à faire : fermez cette page.'),
      heading('Ce n’est pas exact ?'),
      paragraph(CONSEQUENCE[answer.session]),
      form,
    ),
    orCall(words),
  ];
  return { title: TITLE, body: body.join('\n') };
}

const CONSEQUENCE = {
  before: 'Dites-le ici : l’intervention ne commence pas avant que ce soit éclairci avec vous.',
  'under-way':
    'L’intervention est en cours : dites aussi de vive voix à l’intervenant d’arrêter, il doit le faire aussitôt.',
  after: 'L’intervention a eu lieu. Dites-le ici : nous l’éclaircissons avec vous.',
} as const;

const NEXT = {
  before: 'L’intervention ne commence pas avant que ce soit éclairci avec vous.',
  'under-way':
    'L’intervenant et le responsable en sont avertis. Vous pouvez arrêter l’intervention à tout moment, d’un mot.',
  after: 'Le responsable en est averti : ce sera éclairci avec vous.',
} as const;

/** What the address of the page says of a remark that was not kept; anything else says nothing. */
export const remarkLeftFrom = (code: unknown): RemarkLeft | undefined =>
  (Object.keys(LEFT) as RemarkLeft[]).find((known) => known === code);

const LEFT: Readonly<Record<RemarkLeft, string>> = {
  'said-before':
    'Vous l’aviez déjà dit : votre nouvelle remarque n’a pas été ajoutée. Dites-la-nous au téléphone ou par courrier.',
  'too-long': 'Votre remarque était trop longue et n’a pas été gardée : dites-la-nous au téléphone ou par courrier.',
  'not-allowed':
    'Votre remarque n’a pas été gardée : elle contient ce que nous n’avons pas le droit de noter, comme un mot de passe, un numéro de carte, de compte ou de sécurité sociale.',
};

function told(answer: Open, words: PageWords, remarkLeft: RemarkLeft | undefined): Shown {
  const at = answer.contestedAt === undefined ? '' : ` le ${frenchMoment(answer.contestedAt, words.time)}`;
  const body = [
    said(
      `C’est noté${at} : vous dites que ce n’est pas exact.`,
      NEXT[answer.session],
      ...(remarkLeft === undefined ? [] : [LEFT[remarkLeft]]),
    ),
    recorded(answer, words),
    orCall(words),
  ];
  return { title: 'C’est noté : ce n’est pas exact', body: body.join('\n') };
}

const byPhone = (before: string, phone: string | undefined): string =>
  phone === undefined
    ? paragraph(`${before}Appelez-nous au numéro habituel de l’association.`)
    : call(`${before}Appelez-nous au`, phone);
const callUs = ({ phone }: PageWords): string => byPhone('', phone);
const orCall = ({ phone }: PageWords): string => byPhone('Une question ? ', phone);
