import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SetupFault } from './setup-fault.js';

/** Which engine keeps something, and where. */
export type StoreChoice = SqliteChoice | EventStoreDbChoice | MongoChoice;

export interface SqliteChoice {
  readonly engine: 'sqlite';
  /** Absolute. */
  readonly file: string;
}

interface ServerChoice {
  /** Hosts and ports, without user and password: for people and logs. */
  readonly at: string;
  /** Asked for a connection without TLS. */
  readonly plain: boolean;
  /** Asked to believe whoever answers: TLS without a look at the certificate. */
  readonly credulous: boolean;
  /** Holds the password. A function, so that a configuration can be printed whole. */
  connectionString(): string;
}

export interface EventStoreDbChoice extends ServerChoice {
  readonly engine: 'eventstoredb';
}

export interface MongoChoice extends ServerChoice {
  readonly engine: 'mongodb';
  readonly database: string;
}

/** A setting as it was given, with what is needed to say which one is wrong. */
export interface GivenStore {
  /** The setting's environment variable or flag. */
  readonly name: string;
  /** The same for the password's file. Default: the variable with `_PASSWORD_FILE` behind it. */
  readonly passwordName?: string;
  readonly url: string | undefined;
  /** A file that holds the password and nothing else. */
  readonly passwordFile: string | undefined;
  /** Absolute path taken where `sqlite://` names none. */
  readonly file: string;
  /** The database taken where `mongodb://` names none. */
  readonly database: string;
}

/** @throws SetupFault `bad-setting` that names the setting, never its value */
export function chooseStore(given: GivenStore): StoreChoice {
  const { name, url, passwordFile, file, passwordName = `${name}_PASSWORD_FILE` } = given;
  if (url === undefined || url.startsWith('sqlite://')) {
    if (passwordFile) throw wrong(passwordName, `is for a server; ${name} is a file`);
    const path = url?.slice('sqlite://'.length);
    return { engine: 'sqlite', file: path ? resolve(path) : file };
  }
  return chooseServer({ ...given, passwordName }, url);
}

/** `scheme://` user and password, hosts, `/database`, `?options`. */
const SERVER =
  /^(?<scheme>[a-z+]+):\/\/(?:(?<user>[^/?#]*)@)?(?<hosts>[^/?#@]+)(?<path>\/[^?#]*)?(?<options>\?[^#]*)?$/;
/** Of EventStoreDB's client and of MongoDB's. */
const CREDULOUS =
  /[?&](tls_?-?verify_?-?cert=false|tlsInsecure=true|tlsAllowInvalid(Certificates|Hostnames)=true)(&|$)/i;
const HOST = /^([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?$/i;

function chooseServer(given: Required<GivenStore>, url: string): EventStoreDbChoice | MongoChoice {
  const { name, passwordName, passwordFile, database } = given;
  const { scheme = '', user, hosts = '', path = '', options = '' } = SERVER.exec(url)?.groups ?? {};
  // an @ further on: a password with a / or a ? in it, whose beginning would be taken for a host
  if (!hosts.split(',').every((host) => HOST.test(host)) || path.includes('@') || options.includes('@'))
    throw wrong(name, 'must be SCHEME://USER@HOST:PORT; where the password holds one of @ / ? # %, write it as %XX');
  const login = user === undefined ? '' : `${withPassword(given, user)}@`;
  if (user === undefined && passwordFile) throw wrong(name, `names no user, yet there is a ${passwordName}`);
  const connectionString = () => `${scheme}://${login}${hosts}${path}${options}`;
  const plain = /[?&](tls|ssl)=false(&|$)/i.test(options);
  const credulous = CREDULOUS.test(options);
  if (scheme.startsWith('mongodb'))
    return { engine: 'mongodb', at: hosts, plain, credulous, database: path.slice(1) || database, connectionString };
  if (login !== '' && !login.includes(':'))
    throw wrong(name, `names a user without a password: give it in ${passwordName}`);
  return { engine: 'eventstoredb', at: hosts, plain, credulous, connectionString };
}

function withPassword({ name, passwordName, passwordFile }: Required<GivenStore>, user: string): string {
  if (!passwordFile) return user;
  if (user.includes(':')) throw wrong(name, `holds a password, and ${passwordName} another one: leave one out`);
  let password: string;
  try {
    password = readFileSync(passwordFile, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw wrong(passwordName, 'names a file that cannot be read');
  }
  if (password === '' || password.includes('\n'))
    throw wrong(passwordName, 'must hold the password on one line, and nothing else');
  return `${user}:${encodeURIComponent(password)}`;
}

/**
 * Keys in the database or file of anything else would be copied, backed up and given away with it.
 * @throws SetupFault `bad-setting`
 */
export function keepKeysApart(keyVault: StoreChoice, others: readonly StoreChoice[]): void {
  if (others.some((other) => isSamePlace(other, keyVault)))
    throw wrong(
      'TEMOIN_KEY_VAULT',
      `names the ${keyVault.engine === 'sqlite' ? 'file' : 'database'} of another store: keys need one of their own, with credentials of their own`,
    );
}

/** True where both addresses say the same file, database or server; two names of one server are not seen through. */
export const isSamePlace = (one: StoreChoice, other: StoreChoice): boolean => placeOf(one) === placeOf(other);

function placeOf(choice: StoreChoice): string {
  if (choice.engine === 'sqlite') return choice.file;
  const port = choice.engine === 'mongodb' ? 27_017 : 2113;
  const hosts = choice.at
    .toLowerCase()
    .split(',')
    .map((host) => (/:\d+$/.test(host) ? host : `${host}:${port}`))
    .sort()
    .join(',');
  return choice.engine === 'mongodb' ? `${hosts}/${choice.database}` : hosts;
}

/** For people: what it is and where, without credentials. */
export function describeStore(choice: StoreChoice): string {
  if (choice.engine === 'sqlite') return choice.file;
  const line = choice.plain ? 'without TLS' : choice.credulous ? 'TLS, certificate not verified' : 'TLS';
  return choice.engine === 'mongodb'
    ? `MongoDB at ${choice.at}, database ${choice.database}, ${line}`
    : `EventStoreDB at ${choice.at}, ${line}`;
}

/** True where whoever listens on the line to the server, or answers in its place, could read along. */
export const isReadableOnTheWay = (choice: StoreChoice): boolean =>
  choice.engine !== 'sqlite' &&
  (choice.plain || choice.credulous) &&
  choice.at.split(',').some((host) => !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host));

const wrong = (name: string, what: string): SetupFault => new SetupFault('bad-setting', `${name} ${what}.`);
