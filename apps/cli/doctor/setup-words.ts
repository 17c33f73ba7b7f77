import type { SetupFaultCode } from '../../composition/setup-fault.js';
import { type Finding, fault } from './finding.js';
import { sentence } from './of-service.js';
import { storeWords } from './store-words.js';

/** French for what stands in the way of opening an installation; the sentence that names file or server stays behind it. */
const words: Readonly<Record<SetupFaultCode, readonly [says: string, advice: string]>> = {
  'bad-setting': ['un réglage n’est pas compris', 'Corriger le réglage nommé ci-dessous.'],
  'data-folder': [
    'le dossier des données ne peut pas être utilisé',
    'Vérifier le dossier nommé ci-dessous et ses droits.',
  ],
  store: ['un dépôt ne s’ouvre pas', 'Vérifier son adresse, son mot de passe, sa version, et qu’il est debout.'],
  'not-files': ['un dépôt est sur un serveur', 'C’est à ce serveur qu’il faut le demander.'],
  'other-log': [
    'les vues viennent d’un autre journal',
    'Donner à ce journal un dépôt de vues vide : elles s’y refont.',
  ],
  'simulation-mismatch': ['simulation et installation réelle sont confondues', 'Ajouter ou retirer --simulation.'],
  'already-running': ['un autre service tient le dossier', 'L’arrêter d’abord, ou nommer un autre dossier.'],
  'root-key': [
    'la clé racine manque ou n’est pas sûre',
    'La remettre en place : temoin keys import, ou les droits 0600.',
  ],
  'keys-lost': [
    'le coffre des clés est vide, et le journal a besoin de ses clés',
    'Vérifier TEMOIN_KEY_VAULT ; remettre le coffre perdu (temoin restore, ou les outils de son serveur) ; perdu pour toujours : temoin keys give-up.',
  ],
  'other-vault': [
    'le coffre des clés n’est pas celui de ce journal',
    'Vérifier TEMOIN_KEY_VAULT et TEMOIN_EVENT_STORE ; c’est pourtant le bon : temoin keys adopt.',
  ],
  'signing-key': ['la clé de signature manque ou n’est pas sûre', 'La remettre en place : temoin keys import.'],
  'erasure-ledger': [
    'le registre des effacements ne peut pas servir',
    'Le remettre à sa place ; perdu : temoin ledger rebuild',
  ],
  port: ['le port ne peut pas être pris', 'En choisir un autre avec TEMOIN_PORT.'],
  'no-installation': [
    'aucune installation ici',
    'Démarrer le service une fois, ou nommer un autre dossier avec --data.',
  ],
  'restore-unfinished': ['une restauration a été interrompue', 'La finir : temoin restore'],
  'keys-busy': ['un autre processus travaille sur les clés', 'Attendre qu’il ait fini.'],
};

const ofStore = (code: unknown, error: unknown) => (code === 'store' ? storeWords(sentence(error)) : undefined);

/** A fault of the opening, told by its code; that of a server, by what the server said. */
export function openingFault(error: unknown): Finding {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  const known = name === 'SetupFault' ? (ofStore(code, error) ?? words[code as SetupFaultCode]) : undefined;
  const [says, advice] = known ?? (name === 'RootKeyError' ? words['root-key'] : ['ne s’ouvre pas', '']);
  return fault('installation', says, `${advice} (${sentence(error)})`.trim());
}
