import { commandsOf, openTour, runCommands } from './run-guide.js';

describe('the guide to handling a breach', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  beforeAll(async () => {
    tour = await openTour();
  });
  afterAll(() => tour.close());

  it('does what it says when its commands are run as they stand', async () => {
    const commands = await commandsOf('handle-a-breach.md');
    expect(commands).toHaveLength(5);
    const stdout = await runCommands(commands, tour.places);
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['incident-authority-not-notified']);
    for (const words of ['72 heures', 'vendredi 5 juin 2026', '"step":"first-day"', 'second-day', 'IncidentClosed'])
      expect(stdout).toContain(words);
    expect(stdout).toContain('<h1>Fiche de violation de données personnelles');
    expect(stdout).toMatch(/incident \w+ +\w+ +free/);
    expect(stdout).toContain('"recipient":"cnil"');
    expect(stdout).not.toContain('undefined');
    expect(tour.service.output()).not.toContain('Fictive');
  });
});
