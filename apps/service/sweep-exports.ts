import type { Logger } from 'pino';
import type { MemberExports } from '#application/member-export/member-exports.js';

/** How often copies of members' data are looked at for the end of their validity. */
const EVERY_MS = 3_600_000;

/** Removes copies past their validity, at once and then every hour. @returns the function that ends it */
export function sweepExports(exported: MemberExports, log: Logger): () => void {
  const sweep = () =>
    exported.sweep().catch((error: unknown) => {
      log.error({ err: error }, 'copies past their validity could not be removed; tried again in an hour');
    });
  void sweep();
  const timer = setInterval(() => void sweep(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
