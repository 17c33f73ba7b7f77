import { run } from './run.js';

/** What a call of `temoin` without a terminal said, and its exit code. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls `temoin` in this process, with nothing of this process's environment. */
export async function captured(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await run(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    interactive: false,
    redraws: false,
    ask: async () => '',
    env,
  });
  return { code, ...said };
}
