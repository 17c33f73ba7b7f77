import type { Setting } from '../../apps/composition/setting.js';
import { settings } from '../../apps/composition/settings.js';
import { code, type GeneratedFile, generatedNote, page, table } from './markdown.js';

/** The table of settings. */
export function configurationFiles(): readonly GeneratedFile[] {
  const rows = Object.values(settings).map((one: Setting<unknown>) => [
    code(one.env),
    one.flag ? code(`${one.flag} ${one.form}`) : '',
    one.doc,
    one.defaultDoc,
  ]);
  return [
    {
      path: 'docs/reference/configuration.md',
      text: page(
        '# Configuration',
        generatedNote('`apps/composition/settings.ts`'),
        'The service and the command line read the same settings: a flag wins over the environment variable, which wins over the default. A setting that cannot be understood stops the start with a sentence that names it.',
        table(['Variable', 'Flag', 'What it does', 'Default'], rows),
      ),
    },
  ];
}
