// Mutation testing: changes the sources of kernel, domain, vault and evidence one by one and sees whether a test fails.
// Stryker copies the project, changes the copy, builds it, and runs the rings of these libs on what was built.
export default {
  mutate: ['libs/{kernel,domain,vault,evidence}/**/*.ts', '!libs/**/*.test.ts'],
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
  timeoutMS: 10_000,
  timeoutFactor: 3,
  reporters: ['progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  htmlReporter: { fileName: 'reports/mutation/mutation.html' },
  thresholds: { high: 90, low: 70, break: null },
  disableTypeChecks: false,
  allowEmpty: true,
};
