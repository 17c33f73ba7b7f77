/**
 * What a certificate says of the bytes of destroyed keys. They are wrapped under a root key that lies elsewhere; what a
 * database, a disk or an older copy of the vault still holds of them opens with that root key and with nothing else. So the
 * certificate names the last epoch of the root key that can have wrapped them, and whether it was gone already.
 */
export interface VaultClaim {
  /** Engine of the key vault: `sqlite`, `mongodb`, `memory`. */
  readonly kind: string;
  /** Where bytes that were overwritten may still lie. Codes: `older-copies`, `server-journal`, `oplog`, `unreclaimed-pages`. */
  readonly leftovers: readonly string[];
  /** The last epoch of the root key that can have wrapped the destroyed keys. */
  readonly wrappedUpToEpoch: number;
  /**
   * `until-rotation`: that root key still existed when this was signed; the leftovers are dead from the rotation on that
   * destroys it. `dead`: it was destroyed before.
   */
  readonly state: 'until-rotation' | 'dead';
  /** People who keep a copy of a root key outside the installation, known to it; a copy older than that rotation opens on. */
  readonly custodians: number;
}

export const isVaultClaim = (value: unknown): value is VaultClaim => {
  const claim = value as Partial<Record<keyof VaultClaim, unknown>> | null;
  return (
    typeof claim?.kind === 'string' &&
    Array.isArray(claim.leftovers) &&
    typeof claim.wrappedUpToEpoch === 'number' &&
    typeof claim.state === 'string' &&
    typeof claim.custodians === 'number'
  );
};

const kinds: Readonly<Record<string, string>> = {
  sqlite: 'un fichier SQLite',
  mongodb: 'un serveur MongoDB',
  memory: 'en mémoire',
};

const places: Readonly<Record<string, string>> = {
  'older-copies': 'des copies plus anciennes du coffre',
  'server-journal': 'le journal du serveur',
  oplog: 'l’oplog de ses réplicas',
  'unreclaimed-pages': 'des pages qu’il n’a pas encore réécrites',
};

/** French for a claim, sentence by sentence. An unknown code is shown as it is. */
export function claimInFrench(claim: VaultClaim): readonly string[] {
  const { kind, leftovers, wrappedUpToEpoch, state, custodians } = claim;
  const where = leftovers.map((one) => places[one] ?? one).join(', ');
  const root = `la clé racine d’époque ${wrappedUpToEpoch}${wrappedUpToEpoch > 1 ? ' ou antérieure' : ''}`;
  const sentences = [`Le coffre des clés est ${kinds[kind] ?? kind}. Les octets des clés détruites y ont été écrasés.`];
  if (where === '') return sentences;
  sentences.push(`Il peut en rester, enveloppés, ailleurs : ${where}. Ces restes ne s’ouvrent qu’avec ${root}.`);
  if (state === 'dead')
    sentences.push(
      'Cette clé racine a été détruite par rotation avant ce certificat : ces restes sont morts, où qu’ils soient.',
    );
  else
    sentences.push(
      'Cette clé racine existait encore à la date de ce certificat. Dès la rotation qui la détruit, ces restes sont morts, où qu’ils soient.',
    );
  if (custodians > 0)
    sentences.push(
      `Hors de l’installation, ${custodians === 1 ? 'un dépositaire garde' : `${custodians} dépositaires gardent`} sous phrase secrète une copie de la clé racine : une copie faite avant cette rotation ouvrirait encore ces restes, à qui détiendrait les deux.`,
    );
  return sentences;
}
