import type { Command } from 'commander';
import type { Configuration } from '../../composition/configuration.js';
import { openInstallation } from '../../composition/installation.js';
import { configurationOf, type GlobalOptions, show } from '../context.js';
import { configured, exists, ofFolder } from '../doctor/configured.js';
import { erasureFindings } from '../doctor/erasure-findings.js';
import { figureFindings } from '../doctor/figure-findings.js';
import { counted, type Finding, nameOf, note, ok } from '../doctor/finding.js';
import { keepingFindings } from '../doctor/keeping-findings.js';
import { ofService } from '../doctor/of-service.js';
import { serversThatDoNotOpen } from '../doctor/servers.js';
import { openingFault } from '../doctor/setup-words.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { columns, type Terminal } from '../terminal.js';

export function addDoctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description(
      'What is configured, what answers, what lags, waits or fails, and what to do about it, in French. Reads what /metrics shows, beside a running service or without one. Changes nothing',
    )
    .addHelpText(
      'after',
      '\nExit code 1 when something is wrong (DÉFAUT), 0 when nothing is or only notes (à voir) are left.\n\nExamples:\n  temoin doctor\n  temoin doctor --simulation --json',
    )
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const config = configurationOf(terminal, options);
      const findings = [...configured(config), ...(await ofFolder(config)), ...(await ofInstallation(config))];
      show({ terminal, json: options.json === true }, { findings }, () =>
        columns(
          findings.flatMap((one) => [
            [MARK[one.state], nameOf(one), one.says],
            ...(one.advice ? [['', '', `→ ${one.advice}`]] : []),
          ]),
        ),
      );
      const faults = findings.filter((one) => one.state === 'fault').length;
      if (faults > 0)
        throw new CliError(exitCodes.failure, `${counted(faults, 'chose ne va pas', 'choses ne vont pas')}.`);
    });
}

const MARK = { ok: 'bien', note: 'à voir', fault: 'DÉFAUT' } as const;

async function ofInstallation(config: Configuration): Promise<readonly Finding[]> {
  if (!(await exists(config.data)))
    return [note('installation', 'aucune encore', 'Le premier démarrage la fait : npm start')];
  const seen = await ofService(config);
  try {
    const installation = await openInstallation(config, { lock: false, create: false, project: false });
    try {
      const { record } = installation;
      return [
        ok('installation', `${record.id}, faite le ${record.createdAt}`),
        ...seen.findings,
        ...(await figureFindings(installation, seen)),
        ...(await erasureFindings(installation)),
        ...(await keepingFindings(installation)),
      ];
    } finally {
      await installation.close();
    }
  } catch (error) {
    // a first start that met no server has made no root key: to say that one is missing would lead astray
    const servers = await serversThatDoNotOpen(config);
    return [...seen.findings, ...(servers.length > 0 ? servers : [openingFault(error)])];
  }
}
