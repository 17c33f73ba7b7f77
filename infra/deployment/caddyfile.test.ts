import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#testing/shared-data.js';

const caddyfile = (await readFile(join(projectFolder, 'infra', 'deployment', 'Caddyfile'), 'utf8'))
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'))
  .join('\n');

describe('the proxy in front', () => {
  it('tells of errors without the address that was asked for: the link of a member is a key [charter:4.1]', () => {
    const [options, site] = caddyfile.split('\n}\n{$TEMOIN_SITE} {\n');
    expect(options).toMatch(
      /^\{\nlog \{\nformat filter \{\nwrap json\nfields \{\nrequest>uri delete\nrequest>headers>Referer delete\n\}/,
    );
    expect(site).toContain('reverse_proxy api:3017');
    // no log of accesses, and no debug level: it names what it sends on
    expect(site).not.toMatch(/^log\b/m);
    expect(options).not.toMatch(/^(debug|level)\b/m);
  });
});
