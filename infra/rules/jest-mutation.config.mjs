import config from '../../jest.config.mjs';

/** The tests of what is mutated, and no others; those that kill other processes depend on the machine's mood. */
export default {
  ...config,
  rootDir: '../../dist',
  testMatch: ['**/libs/{kernel,domain,vault,evidence}/**/*.test.js'],
  testPathIgnorePatterns: ['-processes\\.test\\.js$'],
};
