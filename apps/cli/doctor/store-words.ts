/** What a store says of why it does not open, in the words of its adapter, and in French what is the matter and what to do. */
const WORDS: readonly (readonly [said: RegExp, says: string, advice: string])[] = [
  [
    /refuses the user name or password/,
    'le serveur refuse le nom ou le mot de passe',
    'Vérifier l’utilisateur et son mot de passe (le fichier que nomme _PASSWORD_FILE), et ses droits sur sa base.',
  ],
  [
    /does not speak the TLS asked for/,
    'la liaison chiffrée (TLS) ne s’établit pas',
    'Nommer le certificat de l’autorité du serveur (tlsCaFile pour EventStoreDB, tlsCAFile pour MongoDB) ; tls=false seulement si le serveur est sans TLS et la ligne sûre.',
  ],
  [
    /certificate .+ is for another host name/,
    'le certificat du serveur est à un autre nom',
    'Écrire dans l’adresse le nom que porte le certificat.',
  ],
  [
    /closes the line before it answers/,
    'le serveur coupe avant de répondre',
    'Est-il debout ? S’il veut TLS, retirer tls=false de l’adresse.',
  ],
  [/cannot be reached|does not answer/, 'le serveur ne répond pas', 'Vérifier l’hôte et le port, et qu’il est debout.'],
  [
    /shows no primary of the replica set/,
    'le groupe de serveurs (replica set) n’a pas de chef',
    'Vérifier replicaSet dans l’adresse, et que la plupart de ses membres sont debout.',
  ],
  [/too old/, 'le serveur est trop ancien', 'Le mettre à jour : EventStoreDB 22.10, MongoDB 4.2, ou plus récent.'],
  [
    /a database of their own/,
    'clés et vues sont dans une même base',
    'Donner aux clés une base à elles, avec un utilisateur à elles.',
  ],
  [
    /not a connection string|holds an option/,
    'l’adresse n’est pas comprise',
    'Corriger l’adresse : esdb://UTILISATEUR@HÔTE:2113 ou mongodb://UTILISATEUR@HÔTE:27017/BASE.',
  ],
  [/asks for another node than the leader/, 'l’adresse demande un autre nœud que le chef', 'Retirer nodePreference.'],
  [
    /file that .+ names cannot be read/,
    'un fichier de certificat ne peut pas être lu',
    'Vérifier les fichiers que nomme l’adresse, et leurs droits.',
  ],
];

/** @returns undefined where it says none of these things */
export function storeWords(message: string): readonly [says: string, advice: string] | undefined {
  const known = WORDS.find(([said]) => said.test(message));
  return known && [known[1], known[2]];
}
