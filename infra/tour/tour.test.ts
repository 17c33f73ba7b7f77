import { commandsOf, openTour, runCommands } from './run-guide.js';

describe('the tour of the getting-started guide', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  beforeAll(async () => {
    tour = await openTour();
  });
  afterAll(() => tour.close());

  it('does what it says when its commands are run as they stand', async () => {
    const commands = await commandsOf('getting-started.md');
    expect(commands.length).toBeGreaterThan(5);
    const stdout = await runCommands(commands, tour.places);
    expect(stdout).toContain('"rule":"charter:3.1a"');
    expect(stdout.match(/"status":4\d\d/g)).toEqual(['"status":409']);
    for (const event of ['ConsentGiven', 'SessionStarted', 'ActionPerformed', 'SessionClosed'])
      expect(stdout).toContain(event);
    expect(stdout).toContain('File vidée, page d’essai imprimée.');
    expect(stdout).toContain('The live view was the same.');
    expect(stdout).not.toContain('undefined');
  });
});
