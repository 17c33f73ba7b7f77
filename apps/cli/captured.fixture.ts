import { run } from './run.js';

/** What a call of `temoin` without a terminal said, and its exit code. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a line of progress begins on a terminal. */
const REDRAWN = '\r\u001b[K';

/** Calls `temoin` in this process, with nothing of this process's environment. How far it is, on a slow machine, is left out. */
export async function captured(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await run(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      if (!text.startsWith(REDRAWN)) said.err += text;
    },
    interactive: false,
    redraws: true,
    ask: async () => '',
    env,
  });
  return { code, ...said };
}
