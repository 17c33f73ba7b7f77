import { memberExportJsonSchema } from '#application/member-export/export-data.js';
import type { GeneratedFile } from './markdown.js';

/** JSON Schema of a copy of everything held on a member, as the API and the command line give it with the copy. */
export const memberExportFiles = (): readonly GeneratedFile[] => [
  {
    path: 'docs/reference/schemas/member-export.json',
    text: `${JSON.stringify(memberExportJsonSchema(), null, 2)}\n`,
  },
];
