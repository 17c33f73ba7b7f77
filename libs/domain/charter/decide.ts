import { never } from '#kernel/decider.js';
import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { refusePersonal } from '../lint/lint-fields.js';
import type { BaseFacts } from '../shared/facts.js';
import { refuseFutureDay } from '../shared/refusals.js';
import type { CharterCommand, NotifyCharter } from './commands.js';
import { publish } from './decide-publish.js';
import { type CharterEvent, CharterNotified } from './events.js';
import { amendmentChannelNotAllowed, charterVersionUnknown } from './refusals.js';
import { type CharterState, findVersion } from './state.js';

export interface CharterFacts extends BaseFacts {
  readonly time: CivilTime;
  /** SHA-256 of the UTF-8 bytes of the text to publish; undefined for other commands. */
  readonly textSha256: string | undefined;
}

export function decide(
  command: CharterCommand,
  state: CharterState,
  facts: CharterFacts,
): readonly CharterEvent[] | Refusal {
  switch (command.type) {
    case 'PublishCharter':
      return publish(command, state, facts);
    case 'NotifyCharter':
      return notify(command, state, facts);
    default:
      return never(command);
  }
}

function notify(command: NotifyCharter, state: CharterState, facts: CharterFacts) {
  const { charterVersionId, channel, notifiedOn, evidenceRef } = command;
  const version = findVersion(state, charterVersionId);
  if (!version) return charterVersionUnknown();
  if (version.notifications.some((one) => one.channel === channel && one.notifiedOn === notifiedOn)) return [];
  // The members agreed to be told by the means of the charter that they had accepted: the version before.
  const agreed = state.versions[state.versions.indexOf(version) - 1] ?? version;
  if (!agreed.parameters.amendmentChannels.includes(channel)) return amendmentChannelNotAllowed();
  const refusal = refuseFutureDay(notifiedOn, facts, '/notifiedOn') ?? refusePersonal({ '/evidenceRef': evidenceRef });
  if (refusal) return refusal;
  const reference = evidenceRef === undefined ? {} : { evidenceRef };
  return [event(CharterNotified, { charterVersionId, channel, notifiedOn, ...reference })];
}
