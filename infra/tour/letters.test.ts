import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { quietPort } from '#testing/quiet-port.js';
import { openTestMailServer } from '../../apps/service/mail-server.fixture.js';
import { commandsOf, openTour, runCommands, tourFolder } from './run-guide.js';

describe('the guide to letters', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  let mail: Awaited<ReturnType<typeof openTestMailServer>>;
  let messages: string;
  beforeAll(async () => {
    messages = join(await tourFolder(), 'messages');
    await mkdir(messages);
    mail = await openTestMailServer(messages);
    // the service's own address has to be known before it starts
    const port = String(await quietPort());
    tour = await openTour({
      port,
      env: {
        TEMOIN_SMTP: `smtp://127.0.0.1:${mail.port}?tls=false`,
        TEMOIN_MAIL_FROM: 'aide@exemple.test',
        TEMOIN_PUBLIC_URL: `http://127.0.0.1:${port}`,
        TEMOIN_PUBLIC_PHONE: '03 83 00 00 00',
        TEMOIN_ASSOCIATION: 'Association Exemple',
        TEMOIN_LOG_LEVEL: 'debug',
      },
    });
  });
  afterAll(async () => {
    await tour.close();
    await mail.close();
  });

  it('does what it says when its commands are run as they stand [charter:3.1b]', async () => {
    const commands = await commandsOf('letters.md');
    expect(commands.length).toBeGreaterThan(6);
    const stdout = await runCommands(commands, { ...tour.places, MESSAGES: messages });
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['letter-gone-already', 'consent-contested']);
    for (const said of [
      'Préparer votre rendez-vous d’aide à distance',
      '<p class="note">Association Exemple</p>',
      'Association Exemple\n\nÉléonore Inventée',
      '"reason":"returned"',
      'J’ai sauvegardé mes données',
      'C’est noté',
      '"contestedBy":"link"',
      'un autre accord a été noté',
      '03 83 00 00 00',
      'SessionStarted',
    ])
      expect(stdout).toContain(said);
    expect(stdout).not.toContain('undefined');
    expect(mail.taken.map(({ to }) => to[0])).toContain('eleonore.inventee@exemple.test');
    expect(tour.service.output()).not.toMatch(/Inventée|exemple\.test|\/m\/[A-Za-z0-9_-]{20}/);
  });
});
