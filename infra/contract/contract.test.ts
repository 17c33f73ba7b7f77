import { projectFolder } from '#testing/shared-data.js';
import { type ContractReport, contractText, main } from './contract.js';

const report: ContractReport = {
  passed: 3,
  failed: 0,
  notRun: [{ server: 'mongodb', variable: 'TEMOIN_TEST_MONGODB_URL', cases: 41 }],
  missing: ['mongodb'],
  suites: [{ file: 'libs/x/contract.server.js', passed: 3, failed: 0, failures: [] }],
};

describe('npm run contract', () => {
  it('never counts as passed what was not run, and says that what is required is missing', () => {
    expect(contractText(report).split('\n')).toEqual([
      'ok        3 passed   0 failed  libs/x/contract.server.js',
      'not run, 41 cases: mongodb (TEMOIN_TEST_MONGODB_URL not set)',
      'FAILED: mongodb is required and not given',
      '3 passed, 0 failed',
      '',
    ]);
  });

  it('refuses to require what it does not know', async () => {
    expect(await main(projectFolder, ['--require', 'mongo'])).toBe(2);
  });
});
