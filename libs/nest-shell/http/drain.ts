import type { Server } from 'node:http';
import { setTimeout as after, setImmediate as turn } from 'node:timers/promises';

/** A stretch without anything new, how many of them in a row mean quiet, and after how many it is no longer waited for. */
const STRETCH_MS = 20;
const QUIET = 3;
const AT_MOST = 50;

/**
 * Waits until what callers had sent has been read: connections that the system holds for the server, and requests whose bytes
 * it holds, look like nobody’s, and closing now would cut them off without an answer.
 * Nothing is waited for where the server does not listen. At most about a second, however much comes in.
 */
export async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  let news = false;
  const note = () => {
    news = true;
  };
  server.on('connection', note).on('request', note);
  try {
    for (let quiet = 0, stretches = 0; quiet < QUIET && stretches < AT_MOST; stretches += 1) {
      news = false;
      await after(STRETCH_MS);
      // timers come before reading: on a busy machine the time may be over with everything still unread
      await turn();
      await turn();
      quiet = news ? 0 : quiet + 1;
    }
  } finally {
    server.off('connection', note).off('request', note);
  }
}
