import { access, stat, statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Configuration } from '../../composition/configuration.js';
import { openInstallation } from '../../composition/installation.js';
import { isServiceRunning } from '../../composition/service-lock.js';
import { describeStore, isReadableOnTheWay, type StoreChoice } from '../../composition/store-choice.js';
import { configurationOf, type GlobalOptions, show } from '../context.js';
import { erasureFindings } from '../erasure-findings.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { keepingFindings } from '../keeping-findings.js';
import { columns, type Terminal } from '../terminal.js';

/** One thing looked at: how it is and, when it is not well, what to do. */
interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'fault';
  readonly says: string;
  readonly advice?: string;
}

const GIB = 1024 ** 3;

export function addDoctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('What is configured, what answers, what lags, and what to do about it. Changes nothing')
    .addHelpText(
      'after',
      '\nExit code 1 when something is wrong.\n\nExamples:\n  temoin doctor\n  temoin doctor --simulation --json',
    )
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const config = configurationOf(terminal, options);
      const findings = [...configured(config), ...(await ofFolder(config)), ...(await ofInstallation(config))];
      show({ terminal, json: options.json === true }, { findings }, () =>
        columns(
          findings.flatMap((one) => [
            [MARK[one.state], one.what, one.says],
            ...(one.advice ? [['', '', `→ ${one.advice}`]] : []),
          ]),
        ),
      );
      const faults = findings.filter((one) => one.state === 'fault').length;
      if (faults > 0)
        throw new CliError(exitCodes.failure, `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong.`);
    });
}

const MARK = { ok: 'ok', note: 'note', fault: 'FAULT' } as const;

function configured(config: Configuration): readonly Finding[] {
  const ok = (what: string, says: string): Finding => ({ what, state: 'ok', says });
  const store = (what: string, choice: StoreChoice): Finding =>
    isReadableOnTheWay(choice)
      ? {
          what,
          state: 'note',
          says: describeStore(choice),
          advice: 'Whoever listens on the line reads along. Leave tls=false out, unless the line itself is trusted.',
        }
      : ok(what, describeStore(choice));
  return [
    ok('node', process.versions.node),
    ok('data folder', `${config.data}${config.simulated ? ' (simulation)' : ''}`),
    store('event store', config.eventStore),
    store('view store', config.viewStore),
    store('key vault', config.keyVault),
    ok('root key', config.rootKey),
    ok('signing key', config.signingKey),
    ok('address', `http://${config.host}:${config.port}`),
  ];
}

async function ofFolder(config: Configuration): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const free = await statfs(config.data).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
  if (free !== undefined)
    findings.push({
      what: 'disk',
      state: free < GIB / 4 ? 'fault' : free < GIB ? 'note' : 'ok',
      says: `${(free / GIB).toFixed(1)} GiB free`,
      ...(free < GIB ? { advice: 'Make room: a store that cannot write refuses every command.' } : {}),
    });
  const beside = config.rootKey.startsWith(`${config.data}/`) && (await exists(config.rootKey));
  if (beside)
    findings.push({
      what: 'root key',
      state: 'note',
      says: 'lies in the data folder, beside the vault that it opens',
      advice: 'Leave it out of the backups of this folder, or move it elsewhere with TEMOIN_ROOT_KEY_FILE.',
    });
  return findings;
}

async function ofInstallation(config: Configuration): Promise<readonly Finding[]> {
  if (!(await exists(config.data)))
    return [{ what: 'installation', state: 'note', says: 'none yet', advice: 'npm start makes it.' }];
  const service = await ofService(config);
  const running = service.some((one) => one.what === 'service' && one.says.startsWith('runs'));
  try {
    const installation = await openInstallation(config, { lock: false, create: false, project: false });
    try {
      const { record, temoin } = installation;
      const { faults, views, head } = await temoin.ready();
      const made: Finding = { what: 'installation', state: 'ok', says: `${record.id}, made on ${record.createdAt}` };
      const stores = ['event-store', 'view-store', 'key-vault'].map((name): Finding => {
        const wrong = faults.includes(name);
        const advice = wrong
          ? { advice: 'Is its server up, its file readable, the disk full? The log of the service says more.' }
          : {};
        return { what: name, state: wrong ? 'fault' : 'ok', says: wrong ? 'does not answer' : 'answers', ...advice };
      });
      const lags = views.map(({ view, applied, caughtUp, parked }): Finding => {
        if (parked > 0)
          return {
            what: `view ${view}`,
            state: 'fault',
            says: `leaves out ${parked} ${parked === 1 ? 'stream' : 'streams'}`,
            advice: `An event could not be projected. After an update that mends it: temoin rebuild ${view}`,
          };
        if (caughtUp) return { what: `view ${view}`, state: 'ok', says: 'up to date' };
        const says = `at ${applied ?? 'the start'} of ${head ?? 'nothing'}`;
        return running
          ? {
              what: `view ${view}`,
              state: 'note',
              says,
              advice: 'Look again in a moment; if it stays, restart the service.',
            }
          : { what: `view ${view}`, state: 'note', says, advice: 'It catches up when the service starts.' };
      });
      const kept = [...(await erasureFindings(installation)), ...(await keepingFindings(installation))];
      return [made, ...service, ...stores, ...lags, ...kept];
    } finally {
      await installation.close();
    }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [...service, { what: 'installation', state: 'fault', says }];
  }
}

async function ofService(config: Configuration): Promise<readonly Finding[]> {
  let held: boolean;
  try {
    held = isServiceRunning(config.data);
  } catch (error) {
    return [{ what: 'service', state: 'fault', says: error instanceof Error ? error.message : String(error) }];
  }
  if (!held) return [{ what: 'service', state: 'note', says: 'does not run', advice: 'npm start' }];
  const address = `http://${config.host}:${config.port}/health/ready`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(3000) });
    return [
      answer.ok
        ? { what: 'service', state: 'ok', says: 'runs, and says that it is ready' }
        : {
            what: 'service',
            state: 'fault',
            says: `runs, and says that it is not ready (${answer.status})`,
            advice: `See ${address}`,
          },
    ];
  } catch {
    return [
      {
        what: 'service',
        state: 'note',
        says: `runs, but not at ${address}`,
        advice: 'It may listen elsewhere: give this command the TEMOIN_HOST and TEMOIN_PORT of the service.',
      },
    ];
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => access(path).then(() => true),
    () => false,
  );
