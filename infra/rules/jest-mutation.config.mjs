import config from '../../jest.config.mjs';

/** The tests that can notice the mutants of this run, and no others: infra/scripts/mutation.mjs names them. */
export default {
  ...config,
  rootDir: '../../dist',
  testMatch: (process.env.TEMOIN_MUTATION_TESTS ?? '')
    .split(',')
    .filter((file) => file !== '')
    .map((file) => `<rootDir>/${file}`),
};
