import type { ViewStore } from '#ports/view-store/view-store.js';
import { retentionView } from './retention.js';
import type { KeptDocument } from './retention-documents.js';

/** What a line of the work list is about. */
export interface About {
  readonly sessionId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Documents loaded in one call. */
const AT_ONCE = 500;

/**
 * Tells of each of these whether its key is gone, by an erasure or because its period was over: nothing about it can be
 * written, answered or asked any more, so nobody is sent after it. True up to where the retention view has come.
 */
export async function destroyedAmong(viewStore: ViewStore, lines: readonly About[]): Promise<(one: About) => boolean> {
  const ids = [...new Set(lines.flatMap(keptIdsOf))];
  const destroyed = new Set<string>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const found = await viewStore.load(retentionView.schema, 'kept', ids.slice(at, at + AT_ONCE));
    for (const [id, { document }] of found)
      if ((document as unknown as KeptDocument).state === 'destroyed') destroyed.add(id);
  }
  return (one) => keptIdsOf(one).some((id) => destroyed.has(id));
}

/** Those that are not destroyed. */
export async function withoutDestroyed<T extends About>(
  viewStore: ViewStore,
  lines: readonly T[],
): Promise<readonly T[]> {
  const isDestroyed = await destroyedAmong(viewStore, lines);
  return lines.filter((one) => !isDestroyed(one));
}

const keptIdsOf = ({ sessionId, requestId }: About): readonly string[] => [
  ...(sessionId === undefined ? [] : [`session:${sessionId}`]),
  ...(requestId === undefined ? [] : [`request:${requestId}`]),
];
