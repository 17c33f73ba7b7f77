import { session } from '#domain/session/session.js';
import { isUnderWay } from '#domain/session/state.js';
import type { StateReader } from '../command.js';

/** Those of the cells that belong to a session that is running now; read from the sessions' own streams. */
export async function runningAmong(cells: readonly string[], reader: StateReader): Promise<readonly string[]> {
  const running = cells.map(async (cell) => {
    const sessionId = sessionOf(cell);
    return sessionId !== undefined && isUnderWay(await reader.state(session, sessionId)) ? [cell] : [];
  });
  return (await Promise.all(running)).flat();
}

/** `<memberId>/session:<id>` and what lies below it → the session's id. */
const sessionOf = (cell: string): string | undefined => /^[^/]+\/session:([^/]+)/.exec(cell)?.[1];
