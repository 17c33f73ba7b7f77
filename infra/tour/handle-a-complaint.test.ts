import { commandsOf, openTour, runCommands } from './run-guide.js';

describe('the guide to handling a complaint', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  beforeAll(async () => {
    tour = await openTour();
  });
  afterAll(() => tour.close());

  it('does what it says when its commands are run as they stand [charter:9.1] [charter:9.2]', async () => {
    const commands = await commandsOf('handle-a-complaint.md');
    expect(commands).toHaveLength(6);
    const stdout = await runCommands(commands, tour.places);
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['complaint-inquirer-concerned', 'complaint-mediator-missing']);
    for (const said of ['mardi 9 juin 2026, 24 h', '5 jours ouvrables', 'h1', 'MediationReferred', 'LegalHoldReleased'])
      expect(stdout).toContain(said);
    expect(stdout).toMatch(/"holdsToRelease":\{"items":\[\{/);
    expect(stdout).not.toContain('undefined');
    expect(tour.service.output()).not.toContain('Fictive');
  });
});
