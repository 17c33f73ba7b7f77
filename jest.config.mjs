/** Tests run on what the build wrote (dist), as native ES modules: what is tested is what ships. */
export default {
  rootDir: 'dist',
  testEnvironment: 'node',
  testMatch: ['**/*.test.js'],
  transform: {},
  maxWorkers: 2,
  testTimeout: 30_000,
  coverageProvider: 'v8',
  coverageDirectory: '<rootDir>/../coverage',
};
