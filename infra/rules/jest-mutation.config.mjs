import config from '../../jest.config.mjs';

/** The tests of what is mutated, and no others. */
export default {
  ...config,
  rootDir: '../../dist',
  testMatch: ['**/libs/{kernel,domain,vault,evidence}/**/*.test.js'],
};
