import type { NoteRefusal } from '#domain/refusal/refusal.js';
import type { Refusal, RefusalKind } from '#kernel/refusal.js';
import type { Call } from '../http/call.js';
import type { ServiceParts } from '../service-parts.js';

/** A thing that does not exist, or no longer, broke no rule. */
const IN_TIME: ReadonlySet<RefusalKind> = new Set(['state', 'forbidden', 'input']);

/**
 * Counts what the charter kept from happening: the rule, the code and what kind of thing it was about, never more. The
 * refusal is the answer whether or not it could be counted.
 */
export async function noteRefusal(
  { temoin, civilTime }: Pick<ServiceParts, 'temoin' | 'civilTime'>,
  call: Call,
  category: string,
  { rule, code, kind }: Refusal,
): Promise<void> {
  if (rule === undefined || !IN_TIME.has(kind)) return;
  const command: NoteRefusal = { type: 'NoteRefusal', rule, code, category };
  const day = civilTime.toLocal(temoin.clock.now()).date;
  try {
    await temoin.execute({
      commandId: temoin.ids.commandId('system', `refused ${call.commandId}`),
      actor: call.person.staffId,
      actorRoles: [],
      correlationId: call.correlationId,
      causationId: call.commandId,
      stream: `refusal-${day}`,
      command,
    });
  } catch {
    // a store that does not answer is told by whatever needs it; a count less is not worth another answer
  }
}
