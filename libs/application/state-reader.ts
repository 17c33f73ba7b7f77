import type { AnySealedEvent } from '#kernel/define-event.js';
import type { StateReader } from './command.js';
import type { FoldedStreams } from './folded-streams.js';

/** States of other streams for facts: caught up at each call, so that a decision never rests on what is known to be old. */
export const stateReader = (streams: FoldedStreams): StateReader => ({
  async state(aggregate, id) {
    const { category, decider } = aggregate;
    type State = typeof decider.initial;
    const folded = await streams.catchUp(
      {
        fold: decider,
        initial: decider.initial,
        // The events were decoded against the declarations of this very category.
        evolve: (state, event: AnySealedEvent) => decider.evolve(state as State, event as never),
      },
      `${category}-${id}`,
    );
    return folded.state as State;
  },
});
