// Mutation testing: changes the sources of kernel, domain, vault and evidence one by one and sees whether a test fails.
// Stryker copies the project, changes the copy, builds it, and runs the rings of these libs on what was built.
/** Set by infra/scripts/mutation.mjs for each folder. */
const name = process.env.TEMOIN_MUTATION_NAME ?? 'mutation';

export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  buildCommand: 'node infra/scripts/build.mjs',
  coverageAnalysis: 'perTest',
  // a mutant that runs while a module loads would need every test; what is built from declarations is checked by the golden files
  ignoreStatic: true,
  jest: {
    projectType: 'custom',
    configFile: 'infra/rules/jest-mutation.config.mjs',
    enableFindRelatedTests: false,
  },
  ignorePatterns: ['dist', 'data', 'coverage', 'reports', 'docs', '.temoin', '.ci'],
  tempDirName: '.stryker-tmp',
  concurrency: 2,
  // a busy machine is no infinite loop
  timeoutMS: 60_000,
  timeoutFactor: 4,
  logLevel: 'error',
  reporters: ['progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  thresholds: { high: 90, low: 70, break: null },
  disableTypeChecks: false,
  allowEmpty: true,
};
