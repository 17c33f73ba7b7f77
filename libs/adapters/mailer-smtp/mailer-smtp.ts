import { MailError, type Mailer } from '#ports/mailer/mailer.js';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte. `required`: STARTTLS or nothing. `none`: only on a line of one’s own. */
  readonly tls: 'implicit' | 'required' | 'none';
  readonly user?: string;
  readonly password?: string;
  /** The association’s own address. */
  readonly from: string;
  /** Longest wait for an answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Sends over SMTP, one connection a letter. Nothing of a letter is logged or kept. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const { host, port, tls, user, password, from, timeoutMs = 30_000 } = options;
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/[^A-Za-z0-9.-]/g, '');
  return {
    async send({ to, subject, text, html, reference }) {
      // loaded with the first letter: most processes send none
      const { createTransport } = await import('nodemailer');
      const line = watchLine();
      const transport = createTransport({
        host,
        port,
        secure: tls === 'implicit',
        requireTLS: tls === 'required',
        ignoreTLS: tls === 'none',
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        logger: line.logger,
        debug: true,
        transactionLog: true,
        // a letter never reads a file or an address
        disableFileAccess: true,
        disableUrlAccess: true,
        ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      });
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${reference}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw mailErrorOf(error, line.asked());
      } finally {
        transport.close();
      }
    },
    async close() {
      // each letter has closed its own line
    },
  };
}

/**
 * Whether the server asked for the letter itself (reply 354). The library names every broken line the same, also one that
 * broke after the whole letter was given, and only its log tells them apart. Of that log nothing is kept but this one bit.
 */
function watchLine() {
  let asked = false;
  const look = (...args: readonly unknown[]): void => {
    const [entry, message] = args;
    if ((entry as { readonly tnx?: unknown } | null)?.tnx === 'server' && String(message).startsWith('354'))
      asked = true;
  };
  const nothing = (): void => undefined;
  const logger = {
    level: nothing,
    trace: look,
    debug: look,
    info: nothing,
    warn: nothing,
    error: nothing,
    fatal: nothing,
  };
  return { logger, asked: () => asked };
}

function mailErrorOf(error: unknown, asked: boolean): MailError {
  const { responseCode, code } = error as { readonly responseCode?: unknown; readonly code?: unknown };
  const name = typeof code === 'string' && /^[A-Z]{1,20}$/.test(code) ? code.toLowerCase() : 'fault';
  // TLS that is not offered or a wrong password is the installation’s fault, not the letter’s: set right, and tried again
  const isInstallations = code === 'EAUTH' || code === 'ETLS' || code === 'EDNS';
  if (typeof responseCode === 'number' && responseCode >= 400) {
    const isLetters = !isInstallations && responseCode >= 500;
    return new MailError(isLetters ? 'permanent' : 'temporary', `smtp-${responseCode}`);
  }
  if (code === 'EENVELOPE') return new MailError('permanent', name);
  return new MailError(asked ? 'unknown-outcome' : 'temporary', name);
}
