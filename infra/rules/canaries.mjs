// One small violating set of files for each import rule. `infra/scripts/check-imports.mjs` writes each into a folder of
// its own and demands that exactly the rule of that name is broken: a rule that catches nothing is worse than none.

const npm = (name) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  [`node_modules/${name}/index.js`]: 'export const it = 1;\n',
});
const leaf = 'export const it = 1;\nexport type It = number;\n';

/** @type {Record<string, Record<string, string>>} rule → files */
export const canaries = {
  'no-cycles': {
    'libs/kernel/a.ts': "import type { B } from './b.js';\nexport type A = B | 1;\n",
    'libs/kernel/b.ts': "import type { A } from '#kernel/a.js';\nexport type B = A | 2;\n",
  },
  'no-unresolved': { 'libs/nest-shell/a.ts': "import type { Gone } from './gone.js';\nexport type A = Gone;\n" },
  'kernel-sees-nothing': {
    'libs/kernel/a.ts': "import type { It } from '#ports/p/p.js';\nexport type A = It;\n",
    'libs/ports/p/p.ts': leaf,
  },
  'ports-see-kernel': {
    'libs/ports/p/p.ts': "import type { It } from '#domain/member/events.js';\nexport type P = It;\n",
    'libs/domain/member/events.ts': leaf,
  },
  'domain-sees-kernel': {
    'libs/domain/member/decide.ts': "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID;\n",
  },
  'domain-no-sibling-internals': {
    'libs/domain/member/decide.ts': "import type { It } from '../session/decide.js';\nexport type A = It;\n",
    'libs/domain/session/decide.ts': leaf,
  },
  'views-see-domain': {
    'libs/views/a.ts': "import type { It } from '#application/run.js';\nexport type A = It;\n",
    'libs/application/run.ts': leaf,
  },
  'vault-sees-ports': {
    'libs/vault/a.ts': "import type { It } from '#domain/member/events.js';\nexport type A = It;\n",
    'libs/domain/member/events.ts': leaf,
  },
  'evidence-sees-kernel': {
    'libs/evidence/a.ts': "import { readFile } from 'node:fs/promises';\nexport const a = readFile;\n",
  },
  'application-no-framework': {
    'libs/application/a.ts': "import { it } from 'fastify';\nexport const a = it;\n",
    ...npm('fastify'),
  },
  'nest-only-in-shell': {
    'apps/cli/a.ts': "import { it } from '@nestjs/common';\nexport const a = it;\n",
    ...npm('@nestjs/common'),
  },
  'adapters-see-ports': {
    'libs/adapters/x-sqlite/a.ts': "import type { It } from '#views/v.js';\nexport type A = It;\n",
    'libs/views/v.ts': leaf,
  },
  'adapters-own-driver': {
    'libs/adapters/x-sqlite/a.ts': "import { it } from 'fastify';\nexport const a = it;\n",
    ...npm('fastify'),
  },
  'adapters-not-each-other': {
    'libs/adapters/x-sqlite/a.ts': "import type { It } from '../y-memory/b.js';\nexport type A = It;\n",
    'libs/adapters/y-memory/b.ts': leaf,
  },
  'only-apps-choose-adapters': {
    'libs/nest-shell/a.ts': "import { it } from '#adapters/x-sqlite/x.js';\nexport const a = it;\n",
    'libs/adapters/x-sqlite/x.ts': leaf,
  },
  'libs-see-no-apps': {
    'libs/nest-shell/a.ts': "import type { It } from '../../apps/composition/c.js';\nexport type A = It;\n",
    'apps/composition/c.ts': leaf,
  },
  'apps-apart': {
    'apps/cli/a.ts': "import { it } from '../service/b.js';\nexport const a = it;\n",
    'apps/service/b.ts': leaf,
  },
  'tests-do-not-ship': {
    'apps/service/a.ts': "import { it } from '#testing/given.js';\nexport const a = it;\n",
    'libs/testing/given.ts': leaf,
  },
};
