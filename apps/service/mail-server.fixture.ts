import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface TestMailServer {
  readonly port: number;
  readonly taken: readonly { readonly raw: string; readonly to: readonly string[] }[];
  close(): Promise<void>;
}

/**
 * A mail server on loopback that takes everything. For tests: it is no dependency of the service.
 * @param folder where each message is kept as a file too
 */
export async function openTestMailServer(folder?: string): Promise<TestMailServer> {
  const taken: { raw: string; to: readonly string[] }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const raw = Buffer.concat(chunks).toString('utf8');
        if (folder !== undefined) writeFileSync(join(folder, `${taken.length}.eml`), raw);
        taken.push({ raw, to });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
  });
  return { port, taken, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}
