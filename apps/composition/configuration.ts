import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClockSettings, defaultClockSettings } from '#domain/deadlines/clocks.js';
import type { Instant } from '#kernel/time.js';
import { chooseMail, type MailChoice } from './mail-choice.js';
import type { Setting } from './setting.js';
import { type SettingName, type SettingValues, settings } from './settings.js';
import { SetupFault } from './setup-fault.js';
import {
  chooseStore,
  type EventStoreDbChoice,
  keepKeysApart,
  type MongoChoice,
  type SqliteChoice,
  type StoreChoice,
} from './store-choice.js';

/** Everything that can be chosen from outside, checked, with every path absolute. */
export interface Configuration {
  readonly data: string;
  /** Where the simulated clock starts; undefined: the real clock. */
  readonly simulate: Instant | undefined;
  /** True for an installation in simulation mode, also when the clock's start is already in its folder (CLI). */
  readonly simulated: boolean;
  readonly role: SettingValues['role'];
  readonly host: string;
  readonly port: number;
  readonly eventStore: SqliteChoice | EventStoreDbChoice;
  readonly viewStore: SqliteChoice | MongoChoice;
  readonly keyVault: SqliteChoice | MongoChoice;
  readonly rootKey: string;
  readonly signingKey: string;
  readonly erasureLedger: string;
  /** Where copies of the root key for its custodians are kept. */
  readonly recoveryDir: string;
  /** Where the nightly run puts backups; undefined: nowhere. */
  readonly backupDir: string | undefined;
  readonly backupDays: number;
  /** What charter and law leave to the association, or what may change with the law. */
  readonly clocks: ClockSettings;
  /** `HH:MM` in Paris; undefined: no nightly run. */
  readonly nightlyAt: string | undefined;
  /** Where letters are given to; undefined: they wait and are printed. */
  readonly mail: MailChoice | undefined;
  /** Where traces are sent, path included; undefined: nothing is traced. */
  readonly traces: { readonly url: string; readonly serviceName: string } | undefined;
  /** Links in letters; undefined: letters carry none. */
  readonly memberLinks: { readonly publicUrl: string; readonly days: number } | undefined;
  /** The association's name, for members. */
  readonly association: string | undefined;
  /** The association's own telephone number, for members. */
  readonly publicPhone: string | undefined;
  readonly bodyLimit: number;
  /** Requests a minute for one token; 0: no limit. */
  readonly rateLimit: number;
  readonly logLevel: SettingValues['logLevel'];
}

/** The folder that holds package.json: default data folders lie below it, wherever the command is called from. */
export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * Reads the settings from flags and environment.
 * @param args the arguments after the program's name: `--port 3018`, `--port=3018`
 * @param options.simulation take the simulation's default folder and clock although `simulate` names no moment (CLI)
 * @throws SetupFault `bad-setting` naming the flag or variable, never its value
 */
export function loadConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  options: { readonly simulation?: boolean } = {},
): Configuration {
  const flags = readFlags(args);
  const values = Object.fromEntries(
    (Object.keys(settings) as SettingName[]).map((name) => [name, readSetting(settings[name], env, flags)]),
  ) as unknown as SettingValues;
  const simulated = values.simulate !== undefined || options.simulation === true;
  const data = values.data ? resolve(values.data) : join(projectFolder, 'data', simulated ? 'simulation' : 'temoin');
  const rootKey = values.rootKey ? resolve(values.rootKey) : join(data, 'root-key.json');
  const erasureLedger = values.erasureLedger ? resolve(values.erasureLedger) : join(`${data}-ledger`, 'erasures.jsonl');
  return {
    data,
    simulate: values.simulate,
    simulated,
    role: values.role,
    host: values.host,
    port: values.port,
    ...chooseStores(values, data),
    rootKey,
    signingKey: values.signingKey ? resolve(values.signingKey) : join(dirname(rootKey), 'signing-key.json'),
    erasureLedger,
    recoveryDir: values.recoveryDir ? resolve(values.recoveryDir) : dirname(erasureLedger),
    backupDir: values.backupDir ? resolve(values.backupDir) : undefined,
    backupDays: values.backupDays,
    clocks: chooseClocks(values),
    nightlyAt: values.nightlyAt,
    mail: chooseMail({
      url: values.smtp,
      passwordFile: values.smtpPasswordFile,
      from: values.mailFrom,
      simulated,
    }),
    traces: chooseTraces(values),
    memberLinks:
      values.publicUrl === undefined ? undefined : { publicUrl: values.publicUrl, days: values.memberLinkDays },
    association: values.association,
    publicPhone: values.publicPhone,
    bodyLimit: values.bodyLimit,
    rateLimit: values.rateLimit,
    logLevel: values.logLevel,
  };
}

function readFlags(args: readonly string[]): ReadonlyMap<string, string> {
  const known = new Set(Object.values(settings).flatMap((one: Setting<unknown>) => (one.flag ? [one.flag] : [])));
  const flags = new Map<string, string>();
  const left = [...args];
  for (let argument = left.shift(); argument !== undefined; argument = left.shift()) {
    const [name, inline] = splitOnce(argument);
    if (!known.has(name))
      throw new SetupFault('bad-setting', `Unknown argument. Known: ${[...known].join(', ')}. Each takes a value.`);
    const value = inline ?? left.shift();
    if (value === undefined || value === '') throw new SetupFault('bad-setting', `${name} needs a value.`);
    flags.set(name, value);
  }
  return flags;
}

function splitOnce(argument: string): readonly [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function readSetting(
  setting: Setting<unknown>,
  env: Readonly<Record<string, string | undefined>>,
  flags: ReadonlyMap<string, string>,
): unknown {
  const flag = setting.flag === undefined ? undefined : flags.get(setting.flag);
  const result = setting.read(flag ?? (env[setting.env] || undefined));
  if ('wrong' in result)
    throw new SetupFault('bad-setting', `${flag === undefined ? setting.env : setting.flag} ${result.wrong}.`);
  return result.value;
}

function chooseClocks(values: SettingValues): ClockSettings {
  const { breachHours, acknowledgementDays, proposalDays, reviewDays, consumerMediation } = values;
  return {
    ...defaultClockSettings,
    breachHours,
    acknowledgementWorkingDays: acknowledgementDays,
    proposalDays,
    deviationReviewWorkingDays: reviewDays,
    consumerMediation,
  };
}

/** By the rules of OpenTelemetry: the address of traces as it stands, else the common one with the path behind. */
function chooseTraces({ tracesTo, tracesToExactly, tracesAs, tracesOff }: SettingValues): Configuration['traces'] {
  const given = tracesToExactly ?? tracesTo;
  if (given === undefined || tracesOff) return undefined;
  const { env } = tracesToExactly === undefined ? settings.tracesTo : settings.tracesToExactly;
  if (!URL.canParse(given)) throw new SetupFault('bad-setting', `${env} is no address.`);
  return { url: tracesToExactly ?? given.replace(/\/?$/, '/v1/traces'), serviceName: tracesAs };
}

/** The scheme of each setting was checked when it was read: it says which engines may come out. */
function chooseStores(
  values: SettingValues,
  data: string,
): Pick<Configuration, 'eventStore' | 'viewStore' | 'keyVault'> {
  const choose = (name: 'eventStore' | 'viewStore' | 'keyVault', file: string, database: string): StoreChoice =>
    chooseStore({
      name: settings[name].env,
      url: values[name],
      passwordFile: values[`${name}PasswordFile`],
      file: join(data, file),
      database,
    });
  const eventStore = choose('eventStore', 'events.sqlite', '') as Configuration['eventStore'];
  const viewStore = choose('viewStore', 'views.sqlite', 'temoin_views') as Configuration['viewStore'];
  const keyVault = choose('keyVault', 'vault.sqlite', 'temoin_keys') as Configuration['keyVault'];
  keepKeysApart(keyVault, [eventStore, viewStore]);
  return { eventStore, viewStore, keyVault };
}
