import { logAlarm, openLog, personalNames } from './log.js';

const SECRET = 'Camille Exemple';

/** What a log writes. */
function written(tell: (log: ReturnType<typeof openLog>) => void): string {
  let text = '';
  tell(
    openLog('debug', {
      write: (line) => {
        text += line;
      },
    }),
  );
  return text;
}

describe('the log', () => {
  it('leaves out every field that an event declares as personal, at any depth that is logged', () => {
    const names = personalNames();
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const text = written((log) =>
        log.warn({ code: 'kept', [name]: SECRET, a: { [name]: SECRET, b: { [name]: SECRET } } }, 'm'),
      );
      expect([name, text.includes(SECRET)]).toEqual([name, false]);
      expect(text).toContain('kept');
    }
  });

  it('tells of an error its kind, its code and its place, never its message or cause', () => {
    const error = Object.assign(new RangeError(SECRET, { cause: new Error(SECRET) }), { code: 'full' });
    const text = written((log) => log.error({ err: error }, 'failed'));
    expect(text).not.toContain(SECRET);
    expect(JSON.parse(text)).toMatchObject({ err: { kind: 'RangeError', code: 'full' }, msg: 'failed' });
    expect(text).toContain('log.test');
  });

  it('says what to do where positions come from another event log', () => {
    const alarm = {
      kind: 'projection-unavailable',
      view: 'journal',
      code: 'invalid-position',
      root: '',
      retryInMs: 50,
    } as const;
    const told = JSON.parse(written((log) => logAlarm(log)(alarm)));
    expect(told).toMatchObject({
      view: 'journal',
      code: 'invalid-position',
      msg: expect.stringContaining('another event log'),
    });
    expect(told.msg).toContain('TEMOIN_VIEW_STORE');
  });

  it('keeps what a person on call needs', () => {
    const told = {
      view: 'journal',
      stream: 'session-4q7z',
      revision: 3,
      position: '7',
      type: 'T',
      fault: 'F',
      status: 503,
    };
    expect(JSON.parse(written((log) => log.error(told, 'stream parked')))).toMatchObject(told);
  });
});
