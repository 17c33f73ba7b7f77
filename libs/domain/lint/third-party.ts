import { type FoldedText, type Span, spanOf } from '../shared/folded-text.js';

const civility = String.raw`(?:MM?\.|MM|M|Mr\.?|Mme|Mmes|Mlle|Mlles|Monsieur|Messieurs|Madame|Mesdames|Mademoiselle|Dr\.?|Docteur|Docteure|Me|Maitre|Pr\.?|Professeur)`;
const relation = `(?:[Ss]on|[Ss]a|[Ll]e|[Ll]a|[Mm]on|[Mm]a|[Uu]ne?|[Ss]es) (?:fils|fille|mari|femme|epoux|epouse|frere|soeur|voisine?|mere|pere|amie?|neveu|niece|cousine?|compagnon|compagne|conjointe?|petit-fils|petite-fille|gendre|belle-fille|collegue)`;
const particle = `(?:(?:de|du|des|le|la|van|von|ben|el) |d'|l')?`;
const capitalised = String.raw`\p{Lu}[\p{L}'-]{1,40}`;
const name = new RegExp(
  String.raw`\b(?:${civility}|${relation}),? {1,3}(${particle}${capitalised}(?: {1,2}${particle}${capitalised}){0,3})`,
  'gu',
);

/** Titles that may follow a civility without naming anyone. */
const titles =
  /^(?:l[ea'] ?)?(?:President|Presidente|Directeur|Directrice|Responsable|Secretaire|Tresorier|Tresoriere|Maire|Technicien|Technicienne|Intervenant|Adherent|Adherente|Mediateur|Mediatrice|Madame|Monsieur|Windows|Microsoft)\b/u;

/** Names of other people: a civility or a family tie and capitalised words. Only a warning: they may be the member's own. */
export function findThirdParties(folded: FoldedText): readonly Span[] {
  const found: Span[] = [];
  for (const match of folded.text.matchAll(name)) {
    const person = match[1] ?? '';
    if (titles.test(person)) continue;
    found.push(spanOf(folded, match.index + match[0].length - person.length, match.index + match[0].length - 1));
  }
  return found;
}
