import { commandsOf, openTour, runCommands } from './run-guide.js';

describe('the guide to answering a rights request', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  beforeAll(async () => {
    tour = await openTour();
  });
  afterAll(() => tour.close());

  it('does what it says when its commands are run as they stand [charter:4.3]', async () => {
    const commands = await commandsOf('answer-a-rights-request.md');
    expect(commands.length).toBeGreaterThan(8);
    const shown = 'cat "$SORTIE/copie.html" "$SORTIE/a-remettre"/*.html; rm -r "$SORTIE"';
    const stdout = await runCommands([...commands, shown], tour.places);
    const problems = [...stdout.matchAll(/"code":"([a-z-]+)"[^}]*?"status":[45]\d\d/g)].map(([, code]) => code);
    expect(problems).toEqual(['rights-extension-too-late', 'restriction-lift-not-announced']);
    for (const said of ['lundi 2 mars 2026', 'en retard', 'RightsRequestClosed']) expect(stdout).toContain(said);
    for (const said of ['Les données que l’association détient sur vous', '[masqué : concerne une autre personne]'])
      expect(stdout).toContain(said);
    for (const event of ['RestrictionLifted', 'StrikeOutDecided', 'LegalHoldReleased']) expect(stdout).toContain(event);
    expect(stdout).toContain('"name":{"state":"present","value":"Ève Fictive"}');
    expect(stdout).not.toContain('undefined');
    expect(tour.service.output()).not.toContain('Fictive');
  });
});
