/** Tests run on what the build wrote (dist), as native ES modules: what is tested is what ships. */
export default {
  rootDir: 'dist',
  testEnvironment: 'node',
  testMatch: ['**/*.test.js'],
  transform: {},
  maxWorkers: 2,
  // modules of every file stay in a worker's memory: one that holds more than this is begun anew between two files
  workerIdleMemoryLimit: '1GB',
  // how long a test may hang, not how long it may take: a slow machine fails none, so none sets a limit of its own
  testTimeout: 900_000,
  coverageProvider: 'v8',
  coverageDirectory: '<rootDir>/../coverage',
};
