import type { CommandOutcome } from '#application/command.js';
import type { Temoin } from '#application/temoin.js';
import type { CellId } from '#kernel/sealed.js';
import type { Slice } from '../../apps/service/slice.js';
import { seeded } from '../crash/random.js';
import {
  closureStory,
  custodyStory,
  destructionStory,
  memberStory,
  rightsStory,
  staffStory,
} from './stories-people.js';
import { afterwardsStory, complaintStory, supportStory } from './stories-support.js';
import { minutesFrom, type Step, type Story, type World } from './world.js';

const ROLES = ['Administrator', 'Director', 'SupportLead', 'Technician'];
/** How many stories go on at the same time, their steps mixed. */
const AT_ONCE = 5;
/** Every so many commands an earlier one is sent again, or one that saw an older revision. */
const AGAIN_EVERY = 25;

export interface CommandsPlayed {
  readonly answers: readonly string[];
  /** Accepted commands by type. */
  readonly accepted: Readonly<Record<string, number>>;
}

/**
 * So many commands, one after the other, from stories chosen by the seed. Whatever they are answered, accepted or refused,
 * is part of the outcome.
 * @param settled waits until the views have seen what was stored: facts are read there
 */
export async function playCommands(
  slice: Slice,
  {
    seed,
    commands,
    settled,
  }: { readonly seed: number; readonly commands: number; readonly settled: () => Promise<void> },
): Promise<CommandsPlayed> {
  const { temoin } = slice;
  const random = seeded(seed);
  let ids = 0;
  const world: World = {
    random,
    fresh(kind) {
      ids += 1;
      return `${kind}${ids}`;
    },
    now: () => temoin.clock.now(),
    members: [],
    technicians: [],
    sessions: [],
    charterVersionId: await charterOf(temoin),
  };
  const answers: string[] = [];
  const accepted: Record<string, number> = {};
  const sent: { readonly step: Extract<Step, { stream: string }>; readonly number: number }[] = [];
  const give = async (step: Extract<Step, { stream: string }>, number: number, seen?: number) => {
    const outcome = await temoin.execute({
      commandId: temoin.ids.commandId('parity', `${seed}-${number}`),
      actor: slice.staffId,
      actorRoles: ROLES,
      stream: step.stream,
      command: step.command,
      ...(seen === undefined ? {} : { expectedRevision: seen }),
    });
    answers.push(`${step.command.type} ${answerOf(outcome)}`);
    if (outcome.outcome === 'accepted' && !outcome.repeated)
      accepted[step.command.type] = (accepted[step.command.type] ?? 0) + 1;
    await settled();
    return outcome;
  };
  const take = async (step: Step): Promise<CommandOutcome | undefined> => {
    if ('stream' in step) {
      sent.push({ step, number: sent.length });
      return give(step, sent.length - 1);
    }
    if ('minutes' in step) slice.moveTo(minutesFrom(temoin.clock.now(), step.minutes));
    else if ('untilDay' in step) slice.moveTo(`${step.untilDay}T${step.time}`);
    else await destroy(slice, step, take);
    return undefined;
  };

  const running: { readonly story: Story; outcome: CommandOutcome | undefined }[] = [];
  for (const story of [staffStory, memberStory, memberStory, memberStory]) await through(story(world), take);
  if (world.technicians.length === 0) throw new Error('no technician could be authorised');
  while (world.sessions.length === 0) await through(afterwardsStory(world), take);
  while (answers.length < commands) {
    if (running.length < AT_ONCE) running.push({ story: storyOf(world), outcome: undefined });
    const one = random.pick(running);
    const { value, done } = one.story.next(one.outcome);
    if (done) running.splice(running.indexOf(one), 1);
    else one.outcome = await take(value);
    if (answers.length % AGAIN_EVERY === 0 && sent.length > 0) {
      const { step, number } = random.pick(sent);
      if (random.below(2) > 0) await give(step, number);
      else await give(step, number + 1_000_000, random.below(2));
    }
  }
  return { answers, accepted };
}

async function through(story: Story, take: (step: Step) => Promise<CommandOutcome | undefined>): Promise<void> {
  for (let next = story.next(undefined); !next.done; ) next = story.next(await take(next.value));
}

const stories = [
  ...[supportStory, supportStory, supportStory, afterwardsStory, complaintStory, memberStory, memberStory],
  ...[rightsStory, custodyStory, staffStory, closureStory],
];
function storyOf(world: World): Story {
  // few, so that most stories find their members
  if (world.random.below(40) === 0) return destructionStory(world);
  return world.random.pick(stories)(world);
}

/** Everything that a decision answers but the position, which is the engine's own. */
function answerOf(outcome: CommandOutcome): string {
  if (outcome.outcome !== 'accepted') return JSON.stringify(outcome);
  const { position, ...receipt } = outcome.receipt;
  return JSON.stringify({ ...outcome, receipt: { ...receipt, stored: position !== undefined } });
}

async function destroy(
  { temoin }: Slice,
  { destroy: memberId, destructionId }: Extract<Step, { destroy: string }>,
  take: (step: Step) => Promise<CommandOutcome | undefined>,
): Promise<void> {
  const cells = (await temoin.vault.list(memberId)).filter(({ state }) => state === 'living').map(({ cell }) => cell);
  const why = { cause: 'retention', reference: `run-${destructionId}` };
  const stream = `custody-${memberId}`;
  const condemned = await take({ stream, command: { type: 'CondemnCells', memberId, destructionId, cells, ...why } });
  if (condemned?.outcome !== 'accepted' || condemned.receipt.position === undefined) return;
  const destroyedAt = temoin.clock.now();
  const gone: CellId[] = [];
  for await (const { type, data } of temoin.stream(stream)) {
    const { destructionId: id, cells: named } = data as { destructionId?: string; cells?: readonly CellId[] };
    if (type === 'CellsCondemned' && id === destructionId) gone.push(...(named ?? []));
  }
  for (const cell of gone) await temoin.vault.destroy(cell, { destroyedAt, proof: destructionId });
  const named = gone.map((cell) => ({ cell }));
  await take({ stream, command: { type: 'RecordDestruction', memberId, destructionId, cells: named, destroyedAt } });
}

/** The version that the demonstration has published. */
async function charterOf({ eventStore }: Temoin): Promise<string> {
  for await (const { type, data } of eventStore.readAll({ streamPrefixes: ['charter-'] })) {
    const { charterVersionId } = JSON.parse(Buffer.from(data).toString('utf8')) as { charterVersionId?: string };
    if (type.startsWith('Charter') && charterVersionId !== undefined) return charterVersionId;
  }
  throw new Error('the demonstration has published no charter');
}
