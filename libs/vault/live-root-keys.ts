import type { RootKeySource, RootKeys } from './root-key.js';

/** Root keys that follow their source: another process may rotate them at any time. */
export interface LiveRootKeys extends RootKeys {
  /** Reads the source again. The answer is given to all who wait for it. @throws RootKeyError */
  refresh(): Promise<void>;
  /** Ends the following. */
  close(): void;
}

/**
 * Loads the root keys and follows them. An epoch that is no longer in the source is forgotten here as soon as that is
 * noticed: by the source's own watch, or when a key is met whose epoch is not known.
 * @throws RootKeyError
 */
export async function liveRootKeys(source: RootKeySource): Promise<LiveRootKeys> {
  let held = await source.load();
  let loading: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    loading ??= source
      .load()
      .then((loaded) => {
        held = loaded;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  };
  // Whoever needs a key that is not held asks for it and hears of the fault; the watch only forgets early.
  const close = source.watch?.(() => void refresh().catch(() => undefined)) ?? (() => undefined);
  return {
    get current() {
      return held.current;
    },
    get installation() {
      return held.installation;
    },
    key: (epoch) => held.key(epoch),
    refresh,
    close,
  };
}
