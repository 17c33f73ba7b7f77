import { type LetterTemplate, letterTemplates } from '#domain/letter/codes.js';
import type { LetterCommand } from '#domain/letter/commands.js';
import { type Composed, composeLetter } from '../letters/compose-letter.js';
import type { Temoin } from '../temoin.js';
import { isTooLate, type Step, StepFault, type StepInput } from './step.js';

const isTemplate = (text: string): text is LetterTemplate => (letterTemplates as readonly string[]).includes(text);

/** Writes the letter that an event asked for. Asked for too long ago, or about what was erased since, it is not written. */
export const writeLetter: Step = async (input) => {
  const { temoin, time, one, step, dueAt } = input;
  const { memberId } = one.about;
  if (!isTemplate(step) || memberId === undefined) throw new StepFault('no-such-letter');
  if (isTooLate(temoin.clock.now(), dueAt)) return { done: 'too-late' };
  const composed = await composeLetter({ temoin, time }, step, one.about);
  if (composed === undefined) throw new StepFault('nothing-to-write-from');
  return (await prepare(temoin, input, memberId, composed, step)) ? { done: 'letter' } : { done: 'not-needed' };
};

/** @returns false when its words are about what was erased */
export async function prepare(
  temoin: Temoin,
  { one, commandId }: Pick<StepInput, 'one' | 'commandId'>,
  memberId: string,
  composed: Composed,
  label: string,
): Promise<boolean> {
  const id = commandId(`letter ${label} ${memberId}`);
  const letterId = temoin.ids.newId(id, 'letter');
  const command: LetterCommand = { type: 'PrepareLetter', letterId, memberId, causeId: one.caseId, ...composed };
  const outcome = await temoin.execute({
    commandId: id,
    actor: 'system',
    actorRoles: [],
    correlationId: temoin.ids.correlationId(one.caseId),
    stream: `letter-${letterId}`,
    command,
  });
  if (outcome.outcome === 'accepted') return true;
  if (outcome.outcome === 'erased') return false;
  throw new StepFault(outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome);
}
