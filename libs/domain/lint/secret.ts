import { type FoldedText, type Span, spanOf } from '../shared/folded-text.js';
import { isCommonPassword, isProse, looksSecret } from './secret-word.js';

/** Words that announce a secret. Matched on folded text: no accents. */
const keyword =
  /\b(mots?[- ]?de[- ]?passe|m[. ]?d[. ]?p|password|passwd|passwort|passphrase|pwd|pass|phrase (?:secrete|de passe)|codes? (?:de (?:la )?carte(?: bleue| bancaire)?|cb|pin|secret|confidentiel|d'acces|de securite|de verification|wi-?fi|puk)|pin|puk|cryptogramme|cvv2?|cvc|cles? (?:wi-?fi|wpa2?|wep|api|secretes?|privees?|de securite|de recuperation|de chiffrement)|(?:api|secret)[ _-]?key|secret|token|jeton|bearer)\b/gi;

/** Between the word and the secret: nothing, or up to four words (« de la messagerie »), then a sign or « est ». */
const link =
  /^(?<words>(?:\s[\p{L}\d'-]{1,24}){0,4}?),?\s{0,3}(?<sign>[:=]{1,2}|->|=>|→|\b(?:est|etait|sera|c'est|is)\b)\s{0,3}(?<quote>["«“(<[]?)\s?(?<value>\S{1,128})/u;
const possessive = /\b(?:mon|ton|son|notre|votre|leur) $/i;
const direct =
  /^[\s(/-]{1,3}(?:(?:provisoire|temporaire|actuel|initial|administrateur|admin|nouveau|wi-?fi) )?(?<quote>["«“]?)\s?(?<value>\S{1,128})/u;

/** Secrets that need no announcement. */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  /\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|sk_live|sk-proj|sk|rk_live)[_-][\w-]{16,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\b\d{6}(?:[- ]\d{6}){7}\b/g,
];
const longRun = /[A-Za-z0-9+_=~-]{32,}/g;

/** Password-like text: an announced secret, or one recognised by its shape. The span covers the secret itself. */
export function findSecrets(folded: FoldedText): readonly Span[] {
  const found: Span[] = [];
  const add = (first: number, length: number): void => {
    found.push(spanOf(folded, first, first + Math.max(length, 1) - 1));
  };
  for (const match of folded.text.matchAll(keyword)) {
    const after = match.index + match[0].length;
    const rest = folded.text.slice(after, after + 260);
    const own = possessive.test(folded.text.slice(Math.max(0, match.index - 8), match.index));
    const value = announced(rest, match[0], own);
    if (value) add(after + value.at, value.length);
  }
  for (const shape of shapes) for (const match of folded.text.matchAll(shape)) add(match.index, match[0].length);
  for (const match of folded.text.matchAll(longRun)) if (isRandom(match[0])) add(match.index, match[0].length);
  return found;
}

function announced(rest: string, word: string, own: boolean): Span | undefined {
  const linked = link.exec(rest);
  if (linked?.groups) {
    const { words = '', sign = '', quote = '', value = '' } = linked.groups;
    const at = linked[0].length - value.length;
    const next = rest.slice(linked[0].length);
    if (isSecretValue(value, { quoted: quote !== '', sign, near: words === '', next, word, own }))
      return { at, length: value.length };
  }
  const plain = direct.exec(rest);
  if (!plain?.groups || /^(pass|secret)$/i.test(word)) return undefined;
  const { quote = '', value = '' } = plain.groups;
  const numeric = /^\d{4,12}[.,;)]?$/.test(value) && /pin|puk|code|cv|cryptogramme|carte/i.test(word);
  if (!numeric && !looksSecret(value) && !isCommonPassword(bareOf(value)) && !(quote !== '' && !isProse(value)))
    return undefined;
  return { at: plain[0].length - value.length, length: value.length };
}

interface Place {
  /** What announces the secret. */
  readonly word: string;
  readonly quoted: boolean;
  readonly sign: string;
  /** The sign follows the word at once. */
  readonly near: boolean;
  /** What follows the value. */
  readonly next: string;
  /** « Mon mot de passe »: somebody tells it. */
  readonly own: boolean;
}

function isSecretValue(value: string, place: Place): boolean {
  const bare = bareOf(value);
  if (/^p(in|uk)$/i.test(place.word) && !/\d/.test(bare)) return false;
  const masked = /^[*•.·_?-]*$/.test(bare);
  if (masked) return false;
  if (looksSecret(value) || isCommonPassword(bare) || /^\d{4,}$/.test(bare)) return true;
  if (isProse(bare)) return false;
  if (/^\d+$/.test(bare)) return place.near && followedByEnd(value, place.next);
  if (/^c'/i.test(place.sign) && place.own && place.near) return place.quoted || followedByEnd(value, place.next);
  if (/^[a-z]/i.test(place.sign)) return place.quoted;
  return place.quoted || place.near || followedByEnd(value, place.next);
}

const bareOf = (value: string): string => value.replace(/^["'«“(<[]+|["'»”)>\].,;!?]+$/gu, '');

const followedByEnd = (value: string, next: string): boolean =>
  /[.,;!?)]$/.test(value) || /^\s{0,3}(?:$|\n|[.,;)»"])/u.test(next);

/** Long, without spaces, of all three kinds of characters, and neither an identifier nor words strung together. */
function isRandom(run: string): boolean {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(run) || /^[0-9a-f]+$/i.test(run)) return false;
  const turns = run.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g)?.length ?? 0;
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run) && turns >= 8;
}
