import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Certificate, sha256Of, verifyCertificate } from '#evidence/certificate.js';
import { certificateHtml } from '#evidence/certificate-html.js';
import { publicKeyFrom } from '#evidence/signature.js';
import { type DestructionDocument, destructionsView } from '#views/destructions.js';
import { findAll } from '#views/query.js';
import { type Context, show, withInstallation } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { filesOf } from '../installation-files.js';
import { columns, type Terminal } from '../terminal.js';

const NAME = destructionsView.schema.name;

export function addCertificateCommands(program: Command, terminal: Terminal): void {
  const certificate = program.command('certificate').description('Certificates of erasure');
  certificate
    .command('list')
    .description('Destructions, latest first, and the certificate of each')
    .addHelpText('after', '\nExample:\n  temoin certificate list')
    .action((_options: object, command: Command) =>
      withInstallation(terminal, command, { views: [NAME] }, async (context) => {
        const destructions = await allDestructions(context);
        show(context, { destructions }, () =>
          columns(
            destructions.map((one) => [
              one.decidedAt,
              one.destructionId,
              one.cause,
              one.certificate === undefined ? one.status : one.certificate.result,
              one.certificate?.certificateId ?? '',
            ]),
          ),
        );
      }),
    );
  certificate
    .command('show')
    .description('One certificate: the signed file to the letter, or the page for printing')
    .argument('<id>', 'of the destruction or of the certificate')
    .option('--html', 'the page for reading and printing, in French')
    .addHelpText(
      'after',
      '\nExamples:\n  temoin certificate show erasure-q3v7k2m9x4b8n5c1d6f0 > certificat.json\n  temoin certificate show erasure-q3v7k2m9x4b8n5c1d6f0 --html > certificat.html',
    )
    .action((id: string, options: { html?: boolean }, command: Command) =>
      withInstallation(terminal, command, { views: [NAME] }, async (context) => {
        const text = await certificateOf(context, id);
        terminal.out(options.html === true ? certificateHtml(JSON.parse(text) as Certificate) : text);
      }),
    );
  certificate
    .command('verify')
    .description('Check a certificate with nothing but the public key: no installation, no network')
    .argument('<file>', 'the signed JSON file')
    .requiredOption('--key <file>', 'the public key: JWK, or PEM; from /.well-known/temoin-signing-key.json')
    .addHelpText(
      'after',
      '\nExit code 0: genuine and complete. 3: genuine, and partial. 1: not genuine, or changed.\n\nExample:\n  temoin certificate verify certificat.json --key temoin-signing-key.json',
    )
    .action((file: string, options: { key: string }, command: Command) => verify(terminal, command, file, options.key));
}

const allDestructions = ({ temoin }: Context): Promise<readonly DestructionDocument[]> =>
  findAll<DestructionDocument>(temoin.viewStore, destructionsView.schema, {
    collection: 'destructions',
    orderBy: { field: 'decidedAt', direction: 'desc' },
  });

async function certificateOf(context: Context, id: string): Promise<string> {
  const destructions = await allDestructions(context);
  const found = destructions.find((one) => one.destructionId === id || one.certificate?.certificateId === id);
  if (!found) throw new CliError(exitCodes.notFound, 'There is no destruction and no certificate under that id.');
  if (!found.certificate)
    throw new CliError(exitCodes.notFound, `${found.destructionId} is ${found.status}: not certified yet.`);
  const text = await context.installation.erasing.certificates.read(found.certificate.certificateId);
  if (text === undefined || sha256Of(text) !== found.certificate.sha256)
    throw new CliError(
      exitCodes.failure,
      `The file of certificate ${found.certificate.certificateId} is missing or was changed: its SHA-256 must be ${found.certificate.sha256}. Put it back from a copy.`,
    );
  return text;
}

async function verify(terminal: Terminal, command: Command, file: string, keyFile: string): Promise<void> {
  const { json } = filesOf(terminal, command);
  const key = publicKeyFrom(await textOf(keyFile));
  if (!key) throw new CliError(exitCodes.usage, `${keyFile} holds no Ed25519 public key (JWK or PEM).`);
  const verified = verifyCertificate(await textOf(file), key);
  if (!verified.ok) throw new CliError(exitCodes.failure, WRONG[verified.reason], { reason: verified.reason });
  const { certificateId, destructionId, result, destroyedAt, cells, kept, stores } = verified.certificate;
  const values = stores.reduce((sum, one) => sum + one.values, 0);
  show({ terminal, json }, { ok: true, certificateId, destructionId, result, destroyedAt }, () =>
    columns([
      ['genuine', certificateId],
      ['destruction', destructionId],
      ['destroyed', `${cells.length} cells on ${destroyedAt}`],
      ['kept', `${kept.length} cells`],
      ['read back', `${values} values in ${stores.length} stores`],
      ['result', result],
    ]),
  );
  if (result !== 'complete')
    throw new CliError(exitCodes.refused, 'The certificate is genuine and PARTIAL: not everything could be verified.');
}

const WRONG = {
  'not-a-certificate': 'This is no certificate of erasure.',
  'other-key': 'The certificate was signed with another key than this one.',
  'bad-signature': 'The certificate was changed after it was signed, or was never signed with this key.',
  'result-contradicted': 'The certificate is signed, yet says complete while what it counts says otherwise.',
} as const;

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CliError(exitCodes.notFound, `Cannot read ${file} (${code}).`);
  }
}
