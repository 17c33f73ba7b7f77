import { openEventStoreDb } from '#adapters/event-store-eventstoredb/event-store-eventstoredb.js';
import { asEventStoreError, NoAnswer } from '#adapters/event-store-eventstoredb/faults.js';
import { tooOld } from '#adapters/event-store-eventstoredb/versions.js';
import { adviceFor, purposeMismatch } from '#adapters/shared-mongodb/faults.js';
import { storeWords } from './store-words.js';

const VIEWS = 'TEMOIN_VIEW_STORE';
const mongo = (fault: object): string => adviceFor(fault, VIEWS);
const eventStoreDb = (fault: object): string => asEventStoreError(fault).message;
const refusal = (connectionString: string): Promise<string> =>
  openEventStoreDb({ connectionString }).then(
    () => '',
    (error: Error) => error.message,
  );

describe('why a server does not open, in French', () => {
  it.each([
    ['EventStoreDB: password', eventStoreDb({ code: 16 }), 'refuse le nom ou le mot de passe'],
    ['EventStoreDB: TLS', eventStoreDb({ message: 'self-signed certificate' }), 'TLS'],
    ['EventStoreDB: away', eventStoreDb({ message: 'ECONNREFUSED' }), 'ne répond pas'],
    ['EventStoreDB: silent', eventStoreDb(new NoAnswer('')), 'ne répond pas'],
    ['EventStoreDB: old', tooOld('21.6'), 'trop ancien'],
    ['MongoDB: password', mongo({ code: 18 }), 'refuse le nom ou le mot de passe'],
    ['MongoDB: TLS', mongo({ message: 'self-signed certificate' }), 'TLS'],
    ['MongoDB: certificate of another', mongo({ message: 'not in the altnames' }), 'autre nom'],
    ['MongoDB: away', mongo({ message: 'ECONNREFUSED' }), 'ne répond pas'],
    ['MongoDB: old', mongo({ message: 'reports maximum wire version 6' }), 'trop ancien'],
    ['MongoDB: no primary', mongo({ reason: { type: 'ReplicaSetNoPrimary' } }), 'pas de chef'],
    ['MongoDB: no address of it', mongo({ name: 'MongoParseError' }), 'adresse n’est pas comprise'],
    ['MongoDB: a file', mongo({ code: 'ENOENT' }), 'certificat ne peut pas être lu'],
    ['MongoDB: keys among the views', mongo(purposeMismatch('keys')), 'une même base'],
    ['MongoDB: views among the keys', mongo(purposeMismatch('views')), 'une même base'],
  ])('%s', (_, message, says) => {
    expect(storeWords(message)?.[0]).toContain(says);
  });

  it.each([
    ['esdb://h?unheardOf=1', 'adresse n’est pas comprise'],
    ['esdb://h?nodePreference=follower', 'autre nœud que le chef'],
    ['esdb://h?tlsCaFile=/none.crt', 'certificat ne peut pas être lu'],
  ])('%s', async (url, says) => {
    expect(storeWords(await refusal(url))?.[0]).toContain(says);
  });

  it('is left to the general words where nothing of that is said', () => {
    expect(storeWords('MongoDB failed or went away: try again')).toBeUndefined();
  });
});
