import { commandsOf, openTour, runCommands } from './run-guide.js';

describe('the guide to subscribers', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  beforeAll(async () => {
    tour = await openTour();
  });
  afterAll(() => tour.close());

  it('does what it says when its commands are run as they stand [charter:4.2b]', async () => {
    const commands = await commandsOf('subscribers.md');
    expect(commands.length).toBeGreaterThan(6);
    const stdout = await runCommands(commands, tour.places);
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['subscriber-address-refused', 'subscriber-ended']);
    for (const said of [
      'c’est là que se glissent les clés d’accès',
      '"standing":"active"',
      '{"items":[],"total":0}',
      'Fédération Exemple (Compter les interventions de ses associations), abonné',
      'SubscriberEnded',
    ])
      expect(stdout).toContain(said);
    expect(stdout).not.toContain('undefined');
    expect(tour.service.output()).not.toMatch(/Fédération|8788|8789|cle=abc/);
  });
});
