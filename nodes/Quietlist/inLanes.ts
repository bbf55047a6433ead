/** What came of one task. */
export type Outcome<Result> = { result: Result } | { error: unknown };

/**
 * Runs at most `width` tasks at once, and those of one lane one after the other: a STOP and a START of the same person must not overtake
 * each other. Outcomes come in the order of the tasks; after the first failure nothing more is begun unless `goesOn`, and what was not begun has none.
 */
export const inLanes = async <Task, Result>(
  tasks: readonly Task[],
  { width, goesOn, laneOf }: { width: number; goesOn: boolean; laneOf(task: Task): string },
  perform: (task: Task) => Promise<Result>,
): Promise<Array<Outcome<Result> | undefined>> => {
  const lanes = new Map<string, number[]>();
  for (const [place, task] of tasks.entries()) {
    const lane = laneOf(task);
    lanes.set(lane, [...(lanes.get(lane) ?? []), place]);
  }
  const outcomes = new Array<Outcome<Result> | undefined>(tasks.length).fill(undefined);
  const waiting = [...lanes.values()].reverse();
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (let lane = waiting.pop(); lane !== undefined; lane = waiting.pop()) {
      for (const place of lane) {
        if (hasFailed && !goesOn) return;
        try {
          outcomes[place] = { result: await perform(tasks[place]!) };
        } catch (error) {
          outcomes[place] = { error };
          hasFailed = true;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return outcomes;
};
