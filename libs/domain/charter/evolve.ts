import { never } from '#kernel/decider.js';
import type { SealedCharterEvent } from './events.js';
import type { CharterState, CharterVersion } from './state.js';

export function evolve(state: CharterState, event: SealedCharterEvent): CharterState {
  switch (event.type) {
    case 'CharterPublished': {
      const { charterVersionId, effectiveFrom, textSha256, parameters } = event.data;
      const version: CharterVersion = { charterVersionId, effectiveFrom, textSha256, parameters, notifications: [] };
      return { versions: [...state.versions, version] };
    }
    case 'CharterNotified': {
      const { charterVersionId, channel, notifiedOn } = event.data;
      return {
        versions: state.versions.map((version) =>
          version.charterVersionId === charterVersionId
            ? { ...version, notifications: [...version.notifications, { channel, notifiedOn }] }
            : version,
        ),
      };
    }
    default:
      return never(event);
  }
}
