export interface ManualTimers {
  setTimer(callback: () => void, milliseconds: number): () => void;
  /** How long each timer was set for, in the order in which they were set. */
  asked: number[];
  /** How long the timers are set for that neither ran nor were cancelled. */
  pending(): number[];
  /** Runs all that are pending now. */
  run(): void;
  /** Resolves once this holds, looking after every timer that is set. */
  until(isTrue: () => boolean): Promise<void>;
}

/** Timers that run only when they are told to. */
export const manualTimers = (): ManualTimers => {
  const set = new Map<number, { callback: () => void; milliseconds: number }>();
  const asked: number[] = [];
  let changed = (): void => {};
  return {
    asked,
    setTimer(callback, milliseconds) {
      const id = asked.push(milliseconds);
      set.set(id, { callback, milliseconds });
      changed();
      return () => void set.delete(id);
    },
    pending: () => [...set.values()].map(({ milliseconds }) => milliseconds),
    run() {
      const due = [...set.values()];
      set.clear();
      for (const { callback } of due) callback();
    },
    async until(isTrue) {
      while (!isTrue()) await new Promise<void>((resolve) => (changed = resolve));
    },
  };
};
