import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notRun, projectFolder, sharedFile } from './shared-data.js';

export const exampleCharter: string = readFileSync(join(projectFolder, 'infra/demo/charte-exemple.txt'), 'utf8');

/** The charters that tests read: the example always, the association's own where it is given. */
export function charters(): readonly (readonly [name: string, text: string])[] {
  const file = sharedFile('charte.txt');
  if (file === undefined) notRun('the association’s charter');
  return [
    ['the example', exampleCharter],
    ...(file === undefined ? [] : [['the association’s own', readFileSync(file, 'utf8')] as const]),
  ];
}
