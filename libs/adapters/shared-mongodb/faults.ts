import type { MongoBulkWriteError } from 'mongodb';

/** Codes of MongoDB's server, stable over its versions. */
const DUPLICATE_KEY = 11000;
const NAMESPACE_EXISTS = 48;
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;
const isSelection = (error: unknown): boolean =>
  (error as { name?: unknown } | undefined)?.name === 'MongoServerSelectionError';
const reasonOf = (error: unknown): unknown => (error as { reason?: { type?: unknown } } | undefined)?.reason?.type;
const messageOf = (error: unknown): string => String((error as { message?: unknown } | undefined)?.message ?? error);

/** Old servers say no more than the code: not which key, not which value. */
export const isDuplicateKey = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;

/** What failed in a bulk write, one by one, by place; empty for an error that is none of a bulk write. */
export function writeErrorsOf(error: unknown): readonly { readonly index: number; readonly code?: unknown }[] {
  const { writeErrors } = error as Partial<MongoBulkWriteError>;
  return writeErrors === undefined ? [] : [writeErrors].flat();
}

/** A bulk write that failed in nothing but documents being there already. */
export function onlyDuplicateKeys(error: unknown): boolean {
  const failures = writeErrorsOf(error);
  return failures.length > 0 && failures.every(isDuplicateKey);
}
export const isAlreadyThere = (error: unknown): boolean => codeOf(error) === NAMESPACE_EXISTS;

const MISMATCH = 'temoin-purpose-mismatch';
export const purposeMismatch = (wanted: 'views' | 'keys'): Error =>
  Object.assign(
    new Error(
      wanted === 'keys'
        ? 'this database holds views: keys need a database of their own, with credentials of their own'
        : 'this database holds keys: views need a database of their own, with credentials of their own',
    ),
    { code: MISMATCH },
  );

/** What went wrong and what to do, without the connection string (it may hold a password). */
export function adviceFor(error: unknown, setting: string): string {
  const message = messageOf(error);
  if (codeOf(error) === MISMATCH) return message;
  const name = (error as { name?: unknown } | undefined)?.name;
  if (name === 'MongoParseError' || name === 'MongoInvalidArgumentError')
    return `${setting} is not a connection string of MongoDB (mongodb://host:27017), or holds an option that it does not know`;
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES')
    return `a file that ${setting} names cannot be read: check tlsCAFile and tlsCertificateKeyFile`;
  // before what is told by words that a host's name may hold too
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT/i.test(message)) return unreachable(setting);
  if (codeOf(error) === AUTHENTICATION_FAILED || codeOf(error) === UNAUTHORIZED || /auth/i.test(message))
    return `MongoDB refuses the user name or password, or the user lacks readWrite on the database: check ${setting}`;
  if (/wire version/i.test(message)) return 'this MongoDB server is too old: 4.2 or later is needed';
  if (/altnames/i.test(message))
    return `the certificate of MongoDB is for another host name than the one in ${setting}: name the host as the certificate does`;
  if (/certificate|self.signed|SSL|TLS|wrong version number|EPROTO|ECONNRESET/i.test(message))
    return `MongoDB does not speak the TLS asked for: check tlsCAFile in ${setting}, or tls=false for a plain server on a trusted line`;
  if (isSelection(error) && /connection .* closed/i.test(message))
    return `MongoDB closes the line before it answers: it went away, or wants TLS (then leave out tls=false in ${setting})`;
  if (reasonOf(error) === 'ReplicaSetNoPrimary')
    return `MongoDB shows no primary of the replica set asked for: check replicaSet in ${setting}, and that a majority of its members runs`;
  if (/Server selection timed out/i.test(message)) return unreachable(setting);
  return 'MongoDB failed or went away: try again';
}

const unreachable = (setting: string): string =>
  `MongoDB cannot be reached: check host and port of ${setting} and that it runs`;
