import type { Configuration } from '../../composition/configuration.js';
import { isServiceRunning } from '../../composition/service-lock.js';
import { type Finding, fault, note, ok } from './finding.js';

/** A busy machine is slow, not away. */
const WITHIN_MS = 15_000;

export interface ServiceSeen {
  readonly findings: readonly Finding[];
  /** Something holds the data folder. */
  readonly runs: boolean;
  /** The figures of that process in the text form of Prometheus; undefined where it was not reached. */
  readonly figures: string | undefined;
}

/** Whether a service holds the folder, whether it says that it is ready, and its figures. */
export async function ofService(config: Configuration): Promise<ServiceSeen> {
  let runs: boolean;
  try {
    runs = isServiceRunning(config.data);
  } catch (error) {
    const says = 'le verrou du dossier des données ne peut pas être examiné';
    return { findings: [fault('service', says, sentence(error))], runs: false, figures: undefined };
  }
  if (!runs)
    return {
      findings: [note('service', 'ne tourne pas ici', 'Le démarrer : npm start')],
      runs,
      figures: undefined,
    };
  const address = `http://${config.host}:${config.port}`;
  const ask = (path: string) => fetch(`${address}${path}`, { signal: AbortSignal.timeout(WITHIN_MS) });
  try {
    const ready = await ask('/health/ready');
    const figures = await ask('/metrics').then((answer) => (answer.ok ? answer.text() : undefined));
    const says = ready.ok ? 'tourne, et se dit prêt' : `tourne, et se dit non prêt (${ready.status})`;
    const finding = ready.ok ? ok('service', says) : fault('service', says, `Voir ${address}/health/ready`);
    return { findings: [finding], runs, figures };
  } catch {
    const finding = note(
      'service',
      `tourne, mais pas à l’adresse ${address}`,
      'Il écoute peut-être ailleurs : donner à cette commande ses TEMOIN_HOST et TEMOIN_PORT.',
    );
    return { findings: [finding], runs, figures: undefined };
  }
}

/** What a figure of a process says for each value of a label. */
export function figuresOf(text: string, name: string, label: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [, value = '', count] of text.matchAll(new RegExp(`^${name}\\{${label}="([^"]*)"\\} (\\S+)$`, 'gm')))
    found.set(value, Number(count));
  return found;
}

export const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
