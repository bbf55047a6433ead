import type { Store } from '../../server/src/app/ports.ts';

export interface HeldStore {
  wrap(store: Store): Store;
  /** From now on look-ups and writes wait. */
  hold(): void;
  /** Lets all that wait go on. */
  release(): void;
  /** How many wait. */
  waiting(): number;
  /** Resolves once so many wait. */
  holds(count: number): Promise<void>;
}

/** A real store whose look-ups and writes can be made to wait: a service that has too much to do, without any clock. */
export function heldStore(): HeldStore {
  let gate: Promise<void> | null = null;
  let open: () => void = () => {};
  let waiting = 0;
  const watchers = new Set<() => void>();
  const pass = async (): Promise<void> => {
    if (!gate) return;
    waiting += 1;
    for (const watch of [...watchers]) watch();
    await gate;
    waiting -= 1;
  };
  return {
    wrap: (store) => ({
      ...store,
      entries: { ...store.entries, findOpen: async (...words) => (await pass(), store.entries.findOpen(...words)) },
      write: async (work) => (await pass(), store.write(work)),
    }),
    hold() {
      gate = new Promise((resolve) => (open = resolve));
    },
    release() {
      gate = null;
      open();
    },
    waiting: () => waiting,
    holds: (count) =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (waiting < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
  };
}
