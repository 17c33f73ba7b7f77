// Who may import whom (docs/principles.md). Works on the TypeScript sources, type-only imports included.
// Each rule has a canary in infra/rules/canaries that must be caught by exactly that rule.

const lib = (...names) => `^libs/(${names.join('|')})/`;
/** Tests, and what exists for tests, may see more: the rules are about what ships. */
const test =
  '\\.(test|fixture|test-data)\\.ts$|^libs/testing/|/contract[^/]*\\.ts$|-contract\\.ts$|/testing/|^apps/service/slice';

const drivers = [
  '@photostructure/sqlite',
  '@eventstore/db-client',
  'google-protobuf',
  'mongodb',
  'nodemailer',
  'temporal-polyfill',
  'date-easter',
  '@opentelemetry/[a-z-]+',
];

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbidden(
      'no-cycles',
      'No import cycles, type-only ones included.',
      { path: '^(libs|apps|infra)/' },
      { circular: true },
    ),
    forbidden(
      'no-unresolved',
      'Every import leads somewhere.',
      { path: '^(libs|apps|infra)/' },
      { couldNotResolve: true },
    ),
    forbidden(
      'kernel-sees-nothing',
      'The kernel depends on nothing but a schema library.',
      { path: lib('kernel'), pathNot: test },
      { path: '.', pathNot: [lib('kernel'), '^node_modules/zod/'] },
    ),
    forbidden(
      'ports-see-kernel',
      'Ports see the kernel only.',
      { path: lib('ports'), pathNot: test },
      { path: '.', pathNot: lib('kernel', 'ports') },
    ),
    forbidden(
      'domain-sees-kernel',
      'The domain sees the kernel only: no npm package, no node: module, no other lib.',
      { path: lib('domain'), pathNot: test },
      { path: '.', pathNot: lib('kernel', 'domain') },
    ),
    forbidden(
      'domain-no-sibling-internals',
      'An aggregate sees of its siblings the declared events and codes and the shape of their state (as a fact), never how they decide; rules and shared computations are common.',
      { path: '^libs/domain/([^/]+)/', pathNot: test },
      {
        path: '^libs/domain/([^/]+)/',
        pathNot: [
          '^libs/domain/$1/',
          '^libs/domain/(shared|charter|calendar|deadlines|lint)/',
          '^libs/domain/[^/]+/(events|codes|state)',
        ],
      },
    ),
    forbidden(
      'views-see-domain',
      'Views see kernel, ports and domain, and the search engine of the index in memory.',
      { path: lib('views'), pathNot: test },
      { path: '.', pathNot: [lib('kernel', 'ports', 'domain', 'views'), '^node_modules/minisearch/'] },
    ),
    forbidden(
      'vault-sees-ports',
      'The vault sees kernel, ports, node:, a schema library and JOSE.',
      { path: lib('vault'), pathNot: test },
      {
        path: '.',
        pathNot: [lib('kernel', 'ports', 'vault'), '^node_modules/(zod|lru-cache|jose)/', '^(node:)?[a-z_/]+$'],
      },
    ),
    forbidden(
      'evidence-sees-kernel',
      'Evidence sees the kernel and node:crypto.',
      { path: lib('evidence'), pathNot: test },
      { path: '.', pathNot: [lib('kernel', 'evidence'), '^(node:)?crypto$'] },
    ),
    forbidden(
      'application-no-framework',
      'The application sees kernel, ports, domain, views and vault: no adapter, no shell, no framework.',
      { path: lib('application'), pathNot: test },
      {
        path: [lib('adapters', 'nest-shell', 'testing', 'evidence'), '^node_modules/'],
        pathNot: '^node_modules/(zod|lru-cache)/',
      },
    ),
    forbidden(
      'nest-only-in-shell',
      'Only the shell and the service see Nest.',
      { path: '^(libs|apps|infra)/', pathNot: ['^libs/nest-shell/', '^apps/service/'] },
      { path: '^node_modules/@nestjs/' },
    ),
    forbidden(
      'adapters-see-ports',
      'Adapters see ports, kernel, the interfaces that they adapt to, and their own driver.',
      { path: lib('adapters'), pathNot: test },
      { path: lib('application', 'views', 'vault', 'nest-shell', 'testing', 'evidence') },
    ),
    forbidden(
      'adapters-own-driver',
      'Adapters see no npm package but the drivers of the engines.',
      { path: lib('adapters'), pathNot: test },
      { path: '^node_modules/', pathNot: `^node_modules/(${drivers.join('|')})/` },
    ),
    forbidden(
      'adapters-not-each-other',
      'An adapter never imports another one; what several share is in a folder named sqlite or shared.',
      { path: '^libs/adapters/([^/]+)/', pathNot: test },
      { path: '^libs/adapters/([^/]+)/', pathNot: ['^libs/adapters/$1/', '^libs/adapters/(sqlite|shared)[^/]*/'] },
    ),
    forbidden(
      'only-apps-choose-adapters',
      'Only apps choose adapters.',
      { path: '^libs/', pathNot: ['^libs/adapters/', test] },
      { path: lib('adapters') },
    ),
    forbidden('libs-see-no-apps', 'No lib imports an app.', { path: '^libs/' }, { path: '^(apps|infra)/' }),
    forbidden(
      'apps-apart',
      'The service and the command line share the composition, nothing else.',
      { path: '^apps/([^/]+)/', pathNot: test },
      { path: '^apps/([^/]+)/', pathNot: ['^apps/$1/', '^apps/composition/'] },
    ),
    forbidden(
      'tests-do-not-ship',
      'What ships never imports a test or libs/testing.',
      { path: '^(libs|apps)/', pathNot: test },
      { path: '\\.(test|fixture|test-data)\\.ts$|^libs/testing/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    combinedDependencies: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
      mainFields: ['main', 'types'],
    },
  },
};
