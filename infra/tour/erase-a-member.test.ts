import { commandsOf, openTour, runCommands } from './run-guide.js';

describe('the guide to erasing a member', () => {
  let tour: Awaited<ReturnType<typeof openTour>>;
  beforeAll(async () => {
    tour = await openTour();
  });
  afterAll(() => tour.close());

  it('does what it says when its commands are run as they stand [charter:4.3]', async () => {
    const commands = await commandsOf('erase-a-member.md');
    const stdout = await runCommands(commands, tour.places);
    expect(stdout.match(/"status":[45]\d\d/g)).toBeNull();
    expect(stdout).toContain('"complete":true');
    expect(stdout).toMatch(/genuine +\w+/);
    expect(stdout).toContain('"state":"erased"');
    expect(stdout).toContain('RightsRequestClosed');
    expect(stdout).toMatch(/state +sound/);
    expect(stdout).not.toContain('undefined');
    expect(tour.service.output()).not.toContain('Fictive');
  });
});
