import { EventStoreError } from '#ports/event-store/event-store.js';

/** What the client knows of what may stand behind the question mark; it takes any case, dashes and underscores. */
const OPTIONS = [
  'tls',
  'tlsVerifyCert',
  'tlsCaFile',
  'userCertFile',
  'userKeyFile',
  'nodePreference',
  'discoveryInterval',
  'maxDiscoverAttempts',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'connectionName',
  'defaultDeadline',
  'throwOnAppendFailure',
];
const flat = (option: string): string => option.trim().toLowerCase().replace(/[_-]/g, '');
const KNOWN = new Set(OPTIONS.map(flat));

/** Another node than the leader may not know yet what was acknowledged: a state, an end of the log, a destruction. */
const isAtLeader = (options: readonly string[]): boolean =>
  options.every((one) => flat(one.split('=')[0] ?? '') !== 'nodepreference' || /=leader$/i.test(one.trim()));

/**
 * The client prints a connection string that holds an option which it does not know, password included, and goes on without
 * that option: such a one is refused before it comes there, and so is one by which reads would be behind.
 * @throws EventStoreError `unavailable`; never repeats what was given
 */
export function refuseUnfitOptions(connectionString: string): void {
  const { all = '' } = /\?(?<all>.*)$/s.exec(connectionString)?.groups ?? {};
  if (all === '') return;
  const options = all.split(/[&?]/);
  if (!options.every((one) => KNOWN.has(flat(one.split('=')[0] ?? ''))))
    throw new EventStoreError(
      'unavailable',
      `TEMOIN_EVENT_STORE holds an option that EventStoreDB's client does not know: it knows ${OPTIONS.slice(0, -2).join(', ')}`,
    );
  if (!isAtLeader(options))
    throw new EventStoreError(
      'unavailable',
      'TEMOIN_EVENT_STORE asks for another node than the leader, which may not know yet what was acknowledged: leave nodePreference out',
    );
}

/** Why the client takes a connection string for none; without the cause, which repeats it, password included. */
export function unreadable(error: unknown): EventStoreError {
  const isFile = /certificate file/i.test(String((error as { readonly message?: unknown } | undefined)?.message));
  return new EventStoreError(
    'unavailable',
    isFile
      ? 'a certificate file that TEMOIN_EVENT_STORE names cannot be read: check tlsCaFile, userCertFile and userKeyFile'
      : 'not a connection string of EventStoreDB (esdb://host:2113)',
  );
}
