import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Where the command line reads and writes; tests put another one in. */
export interface Terminal {
  /** Results, and nothing else. */
  out(text: string): void;
  /** Progress, questions, errors. */
  err(text: string): void;
  /** True when a person sits in front of both. */
  readonly interactive: boolean;
  /** True when standard error can redraw its line. */
  readonly redraws: boolean;
  /** The answer to a question, without its line end; empty when the input ended. */
  ask(question: string): Promise<string>;
  /** The same, and what is typed is not shown. */
  askHidden?(question: string): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function processTerminal(): Terminal {
  // `temoin … | head` closes the pipe early: that is no fault
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    redraws: process.stderr.isTTY === true,
    env: process.env,
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await Promise.race([
          lines.question(question),
          new Promise<string>((resolve) => lines.once('close', () => resolve(''))),
        ]);
      } finally {
        lines.close();
      }
    },
    async askHidden(question) {
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
      process.stderr.write(question);
      try {
        return await Promise.race([
          lines.question(''),
          new Promise<string>((resolve) => lines.once('close', () => resolve(''))),
        ]);
      } finally {
        lines.close();
        process.stderr.write('\n');
      }
    },
  };
}

/**
 * Says how far a task is, once it has taken two seconds: on a terminal in one line that is redrawn, elsewhere a line every
 * five seconds.
 */
export function progress(terminal: Terminal): { readonly tell: (text: string) => void; readonly end: () => void } {
  const started = Date.now();
  let shown = 0;
  let drawn = false;
  return {
    tell(text) {
      const now = Date.now();
      if (now - started < 2000 || now - shown < (terminal.redraws ? 200 : 5000)) return;
      shown = now;
      drawn = terminal.redraws;
      terminal.err(terminal.redraws ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (drawn) terminal.err('\r\u001b[K');
    },
  };
}

/** Text columns, each as wide as its widest cell. Control characters in cells are shown as spaces. */
export function columns(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map((cell) => [...cell].map((one) => (isControl(one) ? ' ' : one)).join('')));
  const widths: number[] = [];
  for (const row of clean)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, [...cell].length);
  const lines = clean.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}

const isControl = (character: string): boolean => {
  const point = character.codePointAt(0) ?? 0;
  return point < 32 || (point >= 127 && point < 160);
};
