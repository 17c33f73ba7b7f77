import { readFileSync } from 'node:fs';
import { smtpMailer } from '#adapters/mailer-smtp/mailer-smtp.js';
import type { Mailer } from '#ports/mailer/mailer.js';
import { SetupFault } from './setup-fault.js';

/** Which mail server letters are given to. */
export interface MailChoice {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'required' | 'none';
  readonly user: string | undefined;
  /** A function, so that a configuration can be printed whole. */
  password(): string | undefined;
  readonly from: string;
}

const wrong = (name: string, what: string): SetupFault => new SetupFault('bad-setting', `${name} ${what}.`);

/** @throws SetupFault `bad-setting` that names the setting, never its value */
export function chooseMail(given: {
  readonly url: string | undefined;
  readonly passwordFile: string | undefined;
  readonly from: string | undefined;
  readonly simulated: boolean;
}): MailChoice | undefined {
  const { url, passwordFile, from, simulated } = given;
  if (url === undefined) {
    if (passwordFile) throw wrong('TEMOIN_SMTP_PASSWORD_FILE', 'is for a mail server, and TEMOIN_SMTP names none');
    return undefined;
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hostname === '' || !/^\/?$/.test(parsed.pathname))
    throw wrong(
      'TEMOIN_SMTP',
      'must be smtp://USER@HOST:PORT; where the password holds one of @ / ? # %, write it as %XX',
    );
  if (simulated && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(parsed.hostname))
    throw wrong('TEMOIN_SMTP', 'names a mail server elsewhere: in a simulation nobody real is written to');
  if (from === undefined) throw wrong('TEMOIN_MAIL_FROM', 'is needed with TEMOIN_SMTP: letters come from somewhere');
  const user = parsed.username === '' ? undefined : decodeURIComponent(parsed.username);
  const written = parsed.password === '' ? undefined : decodeURIComponent(parsed.password);
  if (passwordFile && (user === undefined || written !== undefined))
    throw wrong('TEMOIN_SMTP_PASSWORD_FILE', 'needs a user without a password in TEMOIN_SMTP');
  const password = passwordFile ? passwordIn(passwordFile) : written;
  if (user !== undefined && password === undefined)
    throw wrong('TEMOIN_SMTP', 'names a user without a password: give it in TEMOIN_SMTP_PASSWORD_FILE');
  const implicit = parsed.protocol === 'smtps:';
  const plain = parsed.searchParams.get('tls') === 'false';
  return {
    host: parsed.hostname,
    port: parsed.port === '' ? (implicit ? 465 : 587) : Number(parsed.port),
    tls: implicit ? 'implicit' : plain ? 'none' : 'required',
    user,
    password: () => password,
    from,
  };
}

function passwordIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw wrong('TEMOIN_SMTP_PASSWORD_FILE', 'names a file that cannot be read');
  }
  if (text === '' || text.includes('\n'))
    throw wrong('TEMOIN_SMTP_PASSWORD_FILE', 'must hold the password on one line, and nothing else');
  return text;
}

/** @returns undefined where there is no mail server */
export function openMailer(choice: MailChoice | undefined): Mailer | undefined {
  if (choice === undefined) return undefined;
  const { host, port, tls, user, from } = choice;
  const password = choice.password();
  return smtpMailer({
    host,
    port,
    tls,
    from,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  });
}
