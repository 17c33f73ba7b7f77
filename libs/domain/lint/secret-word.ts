/** Words that follow « mot de passe : » in honest notes. Folded: lower case, no accents. */
const prose = new Set(
  (
    'a au aux le la les l un une des du de d et ou en il elle on ils nous vous je qui que dont pour par sur sous sans avec ' +
    'avant apres pas ne non oui ok aucun aucune rien jamais toujours deja encore plus trop tres bien mal fait faite ' +
    'inconnu inconnue perdu perdue vu recu requis requise expire invalide incorrect incorrecte correct correcte faux ' +
    'fausse bon bonne mauvais mauvaise court courte long longue faible fort forte simple complexe unique different ' +
    'differente nouveau nouvelle ancien ancienne temporaire provisoire permanent permanente personnel personnelle ' +
    'identique meme saisi saisie saisir transmis transmise admis permis ecrit ecrite dit dite conseil conseils ' +
    'rappel refus oubli attention voir idem test sera etait est sont soit reste restera doit peut faut adherent ' +
    'adherente membre technicien intervenant utilisateur windows messagerie compte session ordinateur navigateur ' +
    'gestionnaire site service ecran clavier majuscules minuscules caracteres chiffres lettres ci ce cela celui celle ' +
    'obligatoire necessaire absent absente present presente vide masque caches pris prise mis mise remis remise son sa ses ' +
    'aide erreur fenetre bouton boutons page message messages blocage procedure lien courriel mail champ perte oubli sms ' +
    'appel alerte demande question souci panne retour trace compliquee complique perime perimee ' +
    'probleme difficile facile possible impossible actif active inactif bloque'
  ).split(' '),
);

const products = /^(windows|office|microsoft|outlook|word|excel|gmail|wifi|win|ipv|usb|bitlocker|mp)[\d.]*$/i;

const fold = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** An ordinary word of a note rather than a secret: known, or with the ending of a participle, infinitive or noun of action. */
export function isProse(word: string): boolean {
  const bare = fold(word).replace(/[^\p{L}'-]+$/u, '');
  const stem = bare.replace(/^[ldjcmnsqt]'/, '');
  if (prose.has(stem) || prose.has(bare)) return true;
  return (
    stem.length >= 5 &&
    /(?:ee?s?|er|ez|ir|ons|tion|ment|ible|able)$/.test(stem) &&
    /^\p{L}+$/u.test(stem) &&
    endsAsParticiple(stem)
  );
}

/** A plain -e is the ending of too many nouns: of words in -e only those of a few verbs pass. */
function endsAsParticiple(stem: string): boolean {
  if (!/(?:ee?s?)$/.test(stem) || /(?:ible|able)$/.test(stem)) return true;
  return /^(chang|modifi|oubli|reinitialis|enregistr|demand|donn|communiqu|not|sauvegard|actualis|configur|cre|gener|reset|renouvel|refus|utilis|supprim|test|verifi|valid|memoris|envoy|recuper|retrouv|tap|desactiv|activ|bloqu|debloqu|echang|conserv|regl|termin|effectu|conseill|transmi|enlev|ajout|trouv|confirm|expir|partag|divulgu|montr|affich|annul|evit)(e|ee|es|ees)$/.test(
    stem,
  );
}

/**
 * Among the passwords that published lists of leaks name most often in France, those that are no word of an honest note.
 * Only looked for after « mot de passe » and its like.
 */
const common = new Set(
  (
    'azerty azertyuiop azer qwerty qwertz qwertyuiop wxcvbn qsdfgh motdepasse password passw0rd loulou doudou chouchou ' +
    'coucou soleil bonjour jetaime iloveyou marseille caramel chocolat toto titi tata nounours minou princesse cheval ' +
    'doudoune vanille poupette louloute pupuce bonheur fripouille noisette abcd abcdef'
  ).split(' '),
);
export const isCommonPassword = (word: string): boolean => common.has(fold(word));

/** Shaped like a password: digits among letters, signs that words do not have, capitals inside. */
export function looksSecret(token: string): boolean {
  const bare = token.replace(/^["'«“(<[]+|["'»”)>\].,;:]+$/gu, '');
  if (bare.length < 4 || products.test(bare) || isReference(bare)) return false;
  const letters = /[A-Za-z]/.test(bare);
  const digits = /\d/.test(bare);
  if (letters && digits) return true;
  if (letters && /[!@#$%^&*+=~|\\?]/.test(bare.slice(0, -1)) && !/^[\w.+-]+@[\w-]+\./.test(bare)) return true;
  if (letters && /[!#$%&*]$/.test(bare) && /[a-z].*[A-Z]|\w[#$%&*]$/.test(bare)) return true;
  return letters && /[a-z][A-Z][a-zA-Z]*[a-z]?/.test(bare) && /[A-Z].*[a-z].*[A-Z]/.test(bare);
}

/** Dates, hours, versions, durations, paths and addresses of sites are no passwords. */
const isReference = (bare: string): boolean =>
  /^\d{1,2}[hH]\d{0,2}$|^\d+(min|mn|s|ms|j|go|mo|ko|to|e|er|eme|nd|x)$|^v?\d+(\.\d+)+$|^[A-Z]:\\|^https?:|^www\.|^KB\d{6,8}$|^\d{1,2}[/-]\d{1,2}/i.test(
    bare,
  );
