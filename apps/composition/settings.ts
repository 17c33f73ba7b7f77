import { type Instant, toInstant } from '#kernel/time.js';
import { clockSettings } from './clock-settings.js';
import { among, number, optionalText, passwordFile, type Setting, setting, storeUrl } from './setting.js';
import { traceSettings } from './trace-settings.js';

/** Every setting of the service and the command line. */
export const settings = {
  data: setting({
    env: 'TEMOIN_DATA',
    flag: '--data',
    form: 'DIR',
    doc: 'The data folder: events, views, vault, root key. Made with mode 0700 when it does not exist.',
    defaultDoc: '`data/temoin` in the project folder; `data/simulation` in simulation mode',
    read: optionalText,
  }),
  simulate: setting<Instant | undefined>({
    env: 'TEMOIN_SIMULATE',
    flag: '--simulate',
    form: 'DATE-TIME',
    doc: 'Simulation mode: the clock ticks from this moment (ISO 8601 with offset) and can be moved forward. Only on a data folder of its own, marked for ever as simulated.',
    defaultDoc: 'none: the real clock',
    read: (text) => {
      if (text === undefined) return { value: undefined };
      const value = toInstant(text);
      return value === undefined
        ? { wrong: 'must be a date-time with an offset, such as 2026-06-02T09:30:00+02:00' }
        : { value };
    },
  }),
  host: setting({
    env: 'TEMOIN_HOST',
    flag: '--host',
    form: 'ADDRESS',
    doc: 'The address the service listens on. Anything but a loopback address puts it on the network: put TLS in front.',
    defaultDoc: '`127.0.0.1`',
    read: (text) => ({ value: text ?? '127.0.0.1' }),
  }),
  port: setting({
    env: 'TEMOIN_PORT',
    flag: '--port',
    form: 'NUMBER',
    doc: 'The TCP port the service listens on; 0 lets the system choose a free one.',
    defaultDoc: '`3017`',
    read: number(3017, 0, 65_535),
  }),
  role: setting({
    env: 'TEMOIN_ROLE',
    flag: '--role',
    form: 'ROLE',
    doc: 'What this process does: `all`; `api` answers requests; `worker` projects, carries out destructions, follows complaints and does the night’s work, one worker at a time, the others standing by.',
    defaultDoc: '`all`',
    read: among('all', 'all', 'api', 'worker'),
  }),
  eventStore: setting({
    env: 'TEMOIN_EVENT_STORE',
    form: 'URL',
    doc: 'The event store: `sqlite://FILE`, or EventStoreDB 22.10 or later: `esdb://USER@HOST:2113`, a cluster: `esdb+discover://USER@NAME:2113`. TLS unless it ends in `?tls=false`.',
    defaultDoc: '`events.sqlite` in the data folder',
    read: storeUrl('sqlite', 'esdb', 'esdb+discover'),
  }),
  eventStorePasswordFile: passwordFile('TEMOIN_EVENT_STORE'),
  viewStore: setting({
    env: 'TEMOIN_VIEW_STORE',
    form: 'URL',
    doc: 'The view store: `sqlite://FILE`, or MongoDB 4.2 or later: `mongodb://USER@HOST:27017/DATABASE` or `mongodb+srv://…`; database `temoin_views` when none is named. TLS unless it says `tls=false`.',
    defaultDoc: '`views.sqlite` in the data folder',
    read: storeUrl('sqlite', 'mongodb', 'mongodb+srv'),
  }),
  viewStorePasswordFile: passwordFile('TEMOIN_VIEW_STORE'),
  keyVault: setting({
    env: 'TEMOIN_KEY_VAULT',
    form: 'URL',
    doc: 'The key vault: `sqlite://FILE` or `mongodb://USER@HOST:27017/DATABASE`, never the database of the views; database `temoin_keys` when none is named. Keep it out of the backups of the event store: who has both can read.',
    defaultDoc: '`vault.sqlite` in the data folder',
    read: storeUrl('sqlite', 'mongodb', 'mongodb+srv'),
  }),
  keyVaultPasswordFile: passwordFile('TEMOIN_KEY_VAULT'),
  rootKey: setting({
    env: 'TEMOIN_ROOT_KEY_FILE',
    form: 'FILE',
    doc: 'The root key that wraps the key cells. Mode 0600; kept apart from every backup of the vault.',
    defaultDoc: '`root-key.json` in the data folder',
    read: optionalText,
  }),
  signingKey: setting({
    env: 'TEMOIN_SIGNING_KEY_FILE',
    form: 'FILE',
    doc: 'The Ed25519 key that signs certificates and the erasure ledger. Mode 0600; kept apart, as the root key is.',
    defaultDoc: '`signing-key.json` beside the root key',
    read: optionalText,
  }),
  erasureLedger: setting({
    env: 'TEMOIN_ERASURE_LEDGER',
    form: 'FILE',
    doc: 'The erasure ledger: what must stay destroyed, whatever backup is put back. Keep it on another volume, outside data and backups.',
    defaultDoc: '`erasures.jsonl` in a folder beside the data folder, named like it with `-ledger` behind',
    read: optionalText,
  }),
  recoveryDir: setting({
    env: 'TEMOIN_RECOVERY_DIR',
    form: 'DIR',
    doc: 'Where the root key, sealed for its custodians, is written anew at each rotation. Neither in the data folder nor in backups: a custodian needs it when the disk is gone.',
    defaultDoc: 'the folder of the erasure ledger',
    read: optionalText,
  }),
  backupDir: setting({
    env: 'TEMOIN_BACKUP_DIR',
    form: 'DIR',
    doc: 'Where the nightly run puts a backup and deletes those past their age; another disk than the data folder’s.',
    defaultDoc: 'none: backups are made by hand',
    read: optionalText,
  }),
  backupDays: setting({
    env: 'TEMOIN_BACKUP_DAYS',
    form: 'NUMBER',
    doc: 'Age in days past which backups are deleted: what was erased is in no copy any more after so many days.',
    defaultDoc: '`31`',
    read: number(31, 1, 31),
  }),
  ...clockSettings,
  nightlyAt: setting<string | undefined>({
    env: 'TEMOIN_NIGHTLY_AT',
    form: 'HH:MM',
    doc: 'When the nightly run starts, in Paris: retention, then rotation of the root key if a key was destroyed, then the backup. A night that was slept through is made up for once. `off`: never by itself.',
    defaultDoc: '`02:30`',
    read: (text = '02:30') => {
      if (text === 'off') return { value: undefined };
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
        ? { value: text }
        : { wrong: 'must be a time such as 02:30, or off' };
    },
  }),
  smtp: setting({
    env: 'TEMOIN_SMTP',
    form: 'URL',
    doc: 'The mail server that letters to members are given to: `smtp://USER@HOST:587` with STARTTLS, or `smtps://USER@HOST:465`. STARTTLS is asked for unless it ends in `?tls=false`.',
    defaultDoc: 'none: letters wait, and are printed',
    read: storeUrl('smtp', 'smtps'),
  }),
  smtpPasswordFile: passwordFile('TEMOIN_SMTP'),
  mailFrom: setting<string | undefined>({
    env: 'TEMOIN_MAIL_FROM',
    form: 'ADDRESS',
    doc: 'The association’s own e-mail address, which letters come from and answers go to. Needed with `TEMOIN_SMTP`.',
    defaultDoc: 'none',
    read: (text) =>
      text === undefined || /^[^\s@<>"]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(text)
        ? { value: text }
        : { wrong: 'must be an e-mail address' },
  }),
  ...traceSettings,
  publicUrl: setting<string | undefined>({
    env: 'TEMOIN_PUBLIC_URL',
    form: 'URL',
    doc: 'The address under which members reach this service from outside, TLS in front: letters that leave by mail then carry a link to say « ce n’est pas exact ». Only `/m/` has to be reachable.',
    defaultDoc: 'none: letters carry no link, and tell the reference and the telephone',
    read: (text) => {
      if (text === undefined) return { value: undefined };
      const url = URL.canParse(text) ? new URL(text) : undefined;
      const local = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
      const good = url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
      return good && url.search === '' && url.hash === '' && url.username === ''
        ? { value: url.href.replace(/\/+$/, '') }
        : { wrong: 'must be an https:// address without query; http:// only on this machine' };
    },
  }),
  memberLinkDays: setting({
    env: 'TEMOIN_MEMBER_LINK_DAYS',
    form: 'NUMBER',
    doc: 'Days for which such a link works; afterwards its page tells the reference and the telephone.',
    defaultDoc: '`30`',
    read: number(30, 1, 366),
  }),
  association: setting<string | undefined>({
    env: 'TEMOIN_ASSOCIATION',
    form: 'NAME',
    doc: 'The association’s name, at the head of letters to members and of the page that their links lead to.',
    defaultDoc: 'none: letters name nobody',
    read: (text) =>
      text === undefined || /^[^\p{Cc}]{1,120}$/u.test(text)
        ? { value: text }
        : { wrong: 'must be one line, 120 characters at most' },
  }),
  publicPhone: setting<string | undefined>({
    env: 'TEMOIN_PUBLIC_PHONE',
    form: 'NUMBER',
    doc: 'The association’s own telephone number, told to members in letters and on their page. Not a person’s.',
    defaultDoc: 'none: « le numéro habituel de l’association »',
    read: (text) =>
      text === undefined || /^\+?[0-9][0-9 .()-]{3,24}$/.test(text)
        ? { value: text }
        : { wrong: 'must be a telephone number' },
  }),
  bodyLimit: setting({
    env: 'TEMOIN_BODY_LIMIT',
    form: 'BYTES',
    doc: 'The largest request body accepted. A decision on an erasure, which names each thing of a member, may have 2 MiB.',
    defaultDoc: '`262144` (256 KiB)',
    read: number(262_144, 1024, 8_388_608),
  }),
  rateLimit: setting({
    env: 'TEMOIN_RATE_LIMIT',
    form: 'NUMBER',
    doc: 'Requests a minute that one token may make; 0 lifts the limit.',
    defaultDoc: '`6000`',
    read: number(6000, 0, 10_000_000),
  }),
  logLevel: setting({
    env: 'TEMOIN_LOG_LEVEL',
    form: 'LEVEL',
    doc: 'How much the service logs, as JSON lines on standard error: fatal, error, warn, info, debug or silent.',
    defaultDoc: '`info`; on a terminal what a person should look at, in plain lines',
    read: among('info', 'fatal', 'error', 'warn', 'info', 'debug', 'silent'),
  }),
} as const;

export type SettingName = keyof typeof settings;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
/** The value of every setting, defaults applied. */
export type SettingValues = { readonly [K in SettingName]: ValueOf<(typeof settings)[K]> };
