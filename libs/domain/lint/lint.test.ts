import fc from 'fast-check';
import { timesTheWork } from '#testing/times-the-work.js';
import { lint, type RefusedKind } from './lint.js';

const kindsIn = (text: string): readonly string[] => lint(text).refused.map((one) => one.kind);
const warningsIn = (text: string): readonly string[] => lint(text).warned.map((one) => one.kind);

describe('what is never recorded', () => {
  const refused: readonly (readonly [RefusedKind, string])[] = [
    ['iban', 'Son compte est FR14 2004 1010 0505 0001 3M02 606, à débiter'],
    ['iban', 'IBANFR1420041010050500013M02606'],
    ['iban', 'fr14-2004-1010-0505-0001-3m02-606'],
    ['iban', 'compte belge BE68 5390 0754 7034 vu'],
    ['iban', 'GB82 WEST 1234 5698 7654 32'],
    ['payment-card', 'carte 4111 1111 1111 1111 exp 12/27'],
    ['payment-card', '5555-5555-5555-4444'],
    ['payment-card', 'amex 378282246310005.'],
    ['payment-card', '4\u00a01\u00a01\u00a01 1111 1111\u202f1111'],
    ['social-security-number', 'n° 2 69 05 49 588 157 80 sur la feuille'],
    ['social-security-number', '269054958815780'],
    ['social-security-number', '1 85 05 2A 004 123 08'],
    ['social-security-number', 'carte vitale 2690549588157'],
    ['secret', 'mot de passe : xxx'],
    ['secret', 'Mot de passe de la messagerie : Soleil2024'],
    ['secret', 'mdp = tournesol'],
    ['secret', 'MDP Azerty123!'],
    ['secret', 'le mot de passe est « papillon »'],
    ['secret', 'son mot de passe c’est Bretagne35'],
    ['secret', "mon mot de passe c'est azerty"],
    ['secret', 'Elle dit : « mon mot de passe, c’est médor. »'],
    ['secret', 'le mot de passe de sa messagerie est azerty, à changer'],
    ['secret', 'mdp azerty'],
    ['secret', 'code PIN : 1234'],
    ['secret', 'code PIN 4821'],
    ['secret', 'clé wifi : A1B2C3D4E5'],
    ['secret', 'Password: hunter2'],
    ['secret', 'jeton eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123'],
    ['secret', 'récupération 111111-222222-333333-444444-555555-666666-777777-888888'],
    ['secret', 'cryptogramme : 737'],
    ['secret', 'Mot de passe provisoire Toto-2024'],
    ['secret', 'le code de la carte bleue est 1234'],
    ['secret', 'mot-de-passe : soleil'],
    ['secret', 'motdepasse: soleil'],
    ['secret', 'mdp / soleil75'],
    ['secret', 'mot de passe (soleil75)'],
    ['secret', 'login: jean mdp: x'],
    ['secret', 'PIN 0000'],
    ['secret', 'clé API sk-abcdefghijklmnop1234'],
  ];
  it.each(refused)('refuses %s [charter:3.3a] [charter:5.1a]: %s', (kind, text) => {
    expect(kindsIn(text)).toContain(kind);
  });

  it('sees through full-width digits, no-break and zero-width characters [charter:3.3a]', () => {
    expect(kindsIn('４１１１ １１１１ １１１１ １１１１')).toEqual(['payment-card']);
    expect(kindsIn('4111\u200b1111\u200b1111\u20601111')).toEqual(['payment-card']);
    expect(kindsIn('ＦＲ14\u00a02004\u202f1010 0505 0001 3M02 606')).toEqual(['iban']);
    expect(kindsIn('٤١١١ ١١١١ ١١١١ ١١١١')).toEqual(['payment-card']);
    expect(kindsIn('mot\u00a0de\u00a0pas\u00adse\u00a0: Soleil12')).toEqual(['secret']);
  });

  it('tells where, in units of the original text, and never what [charter:3.3a]', () => {
    const text = 'é\u0301🙂 carte\u00a04111 1111 1111 1111 !';
    const [finding] = lint(text).refused;
    expect(finding).toEqual({ kind: 'payment-card', at: text.indexOf('4111'), length: 19 });
    expect(JSON.stringify(lint(text))).not.toContain('4111');
  });
});

describe('what is recorded after a warning', () => {
  it.each([
    ['phone', 'rappeler au 06 12 34 56 78 demain'],
    ['phone', '+33 6 12 34 56 78'],
    ['phone', '+33 (0)6.12.34.56.78'],
    ['phone', '0383123456'],
    ['email', 'écrit à jeanne.exemple@exemple.fr hier'],
    ['third-party', 'en présence de M. Dupont'],
    ['third-party', 'avec Mme de La Tour-Martin'],
    ['third-party', 'son fils Paul a installé le logiciel'],
  ])('warns of %s [charter:3.3a]: %s', (kind, text) => {
    expect(warningsIn(text)).toContain(kind);
    expect(kindsIn(text)).toEqual([]);
  });

  it('does not take an office for a person [charter:3.3a]', () => {
    expect(warningsIn('Réclamation à Monsieur le Directeur. Madame la Présidente prévenue.')).toEqual([]);
  });
});

const ordinary: readonly string[] = [
  'Mise à jour de Windows 11 23H2 vers 24H2 (build 10.0.26100.4652), KB5034441 installée.',
  'Firefox 131.0.3 remplacé par 132.0, extension uBlock Origin 1.60.0 ajoutée.',
  'Nettoyage du disque C:\\Users\\Public\\Documents : 12,5 Go libérés sur 256 Go.',
  'Intervention du 02/06/2026 de 9 h 30 à 10 h 15, la précédente du 12-05-2026 13-05-2026.',
  'Numéro de série : 5CD1234XYZ, modèle HP 15-dw3012nf, BIOS F.42.',
  'S/N PF2ABC12 ; IMEI 356938035643809 ; code-barres 3017620422003.',
  'Adresse IP 192.168.1.24, passerelle 192.168.1.1, DNS 8.8.8.8 et 1.1.1.1.',
  'Mot de passe oublié : procédure de réinitialisation expliquée.',
  'Mot de passe : changé par l’adhérent après l’intervention.',
  'Le mot de passe est correct mais le compte est bloqué depuis 3 jours.',
  'L’adhérent a oublié son code PIN, il appellera sa banque.',
  'Conseil : choisir un mot de passe de 12 caractères, différent pour chaque site.',
  'Le mot de passe temporaire est à changer après l’intervention.',
  'Mot de passe : non demandé. Mot de passe : à changer.',
  'Mot de passe : ********',
  'Mot de passe : fenêtre qui revient sans cesse ; mot de passe : erreur 0x80070005.',
  'Le mot de passe doit contenir 12 caractères ; mot de passe = 12 caractères minimum.',
  'Mot de passe Microsoft: compte bloqué, débloqué. Mot de passe : Windows le redemande.',
  'Ordinateur lent (mot de passe au démarrage : 2 minutes). Connexion : mot de passe, code SMS.',
  'Clé de récupération BitLocker : imprimée par l’adhérent. Le pin : arbre.',
  'Mot de passe Wi-Fi retrouvé sous la box ; son mot de passe est le même partout, conseil donné.',
  'Le gestionnaire de mots de passe Bitwarden est installé ; mot de passe : voir avec le fils.',
  'mdp réinitialisé en 10 minutes par la messagerie',
  'Son mot de passe, c’est ce qui bloque. Le mot de passe c’est pénible, dit-elle. Son mot de passe est ancien.',
  'Mot de passe : clavier en QWERTY au démarrage, remis en AZERTY ; mot de passe bien saisi ensuite.',
  'Imprimante Canon PIXMA TS5350a : pilote 1.04 réinstallé, 2 pages de test imprimées.',
  'Erreur 0x80070005 puis 0x800f0922 ; journal du 2026-06-02 09:30:15.',
  'Empreinte da39a3ee5e6b4b0d3255bfef95601890afd80709, dossier 123e4567-e89b-12d3-a456-426614174000.',
  'Sauvegarde de 4 096 fichiers, 1 234 567 890 octets, sur clé USB 64 Go.',
  'Clé USB : reconnue. Clé wifi : vérifiée par l’adhérent.',
  'Les interventions durent 60 minutes au plus, du lundi au vendredi de 9 h à 17 h.',
  'es 10 minutes de plus ont suffi ; md 5 et de 20 minutes ; se 12 fois.',
  'Version 4.18.24090.11 et 4.18.24080.9 de Defender.',
  'Chemin /home/jeanne/Documents/2026/06/02/photo_0001.jpg ouvert par l’adhérente.',
  'Facture n° 2026-000123 du 12.05.2026 ; devis 20260512-001.',
  'Horodatage 1764000000000 et 1717332600 dans le fichier.',
];
describe('ordinary notes', () => {
  it.each(ordinary)('are not refused [charter:3.3a]: %s', (text) => {
    expect(lint(text).refused).toEqual([]);
  });

  it('stay unrefused whatever the order of sentences [charter:3.3a]', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ordinary], { minLength: 1 }), (sentences) => {
        expect(lint(sentences.join(' ')).refused).toEqual([]);
      }),
    );
  });

  it('any text is looked at without failing, and findings lie inside it [charter:3.3a]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { refused, warned } = lint(text);
        for (const { at, length } of [...refused, ...warned]) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThan(0);
          expect(at + length).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('takes a time that grows with the length only [charter:3.3a]', () => {
    const units = ['mot de passe ', '4', '1 ', 'FR', 'a@', 'M. Aa ', '1 85 05 ', '-', 'nir '];
    const looking = (length: number) => () => {
      for (const unit of units) lint(unit.repeat(Math.ceil(length / unit.length)));
    };
    // Eight times the text: about eight times the work, not sixty-four.
    expect(timesTheWork(looking(80_000), looking(10_000))).toBeLessThan(32);
  });
});
