import { openLog } from './log.js';
import { terminalLog } from './terminal-log.js';

describe('the log on a terminal', () => {
  it('shows what a person should look at, one plain line each', () => {
    const lines: string[] = [];
    const log = openLog(
      'info',
      terminalLog((text) => void lines.push(text)),
    );
    log.info({ route: '/api/v1/me', status: 200 }, 'answered');
    log.warn({ view: 'journal', name: 'Ada' }, 'a stream was left out');
    log.error('it broke');
    expect(lines).toEqual(['  ! a stream was left out (view: journal)\n', '  ! it broke\n']);
  });
});
