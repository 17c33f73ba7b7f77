import type { Configuration } from '../composition/configuration.js';

export interface Greeting {
  readonly address: string;
  readonly config: Configuration;
  readonly now: string;
  /** Of the first administrator; shown this once. */
  readonly token: string | undefined;
}

/** What is printed once the service answers: where to go next. In French: it is read by whoever runs the association's machine. */
export function greetingOf({ address, config, now, token }: Greeting): string {
  if (config.role === 'worker')
    return `\nTémoin, travail de fond, répond à l’adresse ${address}\n  État                   : ${address}/health/ready\n  Mesures                : ${address}/metrics\n  Dossier de données     : ${config.data}\n  Arrêt : Ctrl-C\n\n`;
  const lines = [
    '',
    `Témoin répond à l’adresse ${address}`,
    ...(config.simulated ? [`  SIMULATION : rien ici n’est réel. Heure simulée : ${now}`] : []),
    `  Documentation de l’API : ${address}/docs`,
    `  Dossier de données     : ${config.data}`,
    ...(token === undefined
      ? ['  Jetons d’accès         : npm run temoin -- token --help']
      : [
          '',
          '  Jeton du premier administrateur, affiché cette seule fois. Conservez-le en lieu sûr :',
          '',
          `    ${token}`,
          '',
          `  Essai : curl -H "Authorization: Bearer $JETON" ${address}/api/v1/me`,
        ]),
    '  Arrêt : Ctrl-C',
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The address as a browser takes it. */
export const addressOf = (host: string, port: number): string => {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
};
