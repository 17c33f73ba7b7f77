import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { signerFrom } from '#evidence/signature.js';
import { readSigningKeyFile } from '#vault/signing-key-file.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { filesOf } from '../installation-files.js';
import type { Terminal } from '../terminal.js';

export function addPublicKeyCommand(keys: Command, terminal: Terminal): void {
  keys
    .command('public')
    .description('The public key that certificates verify with, as a JSON Web Key')
    .argument('[file]', 'where to write it; standard output without it')
    .addHelpText(
      'after',
      '\nThe service publishes the same at /.well-known/temoin-signing-key.json.\n\nExample:\n  temoin keys public temoin-signing-key.json',
    )
    .action(async (file: string | undefined, _options: object, command: Command) => {
      const { config } = filesOf(terminal, command);
      const key = await readSigningKeyFile(config.signingKey).catch((error: unknown) => {
        throw new CliError(exitCodes.unavailable, error instanceof Error ? error.message : 'No signing key.');
      });
      const text = `${JSON.stringify(signerFrom(key).publicJwk, null, 2)}\n`;
      if (file === undefined) terminal.out(text);
      else await writeFile(file, text);
    });
}
