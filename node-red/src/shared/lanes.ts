/** How many lanes move at once: enough to hide the network, few enough for a small service. */
const lanesAtOnce = 16;

/** Runs `run` for every item: those of one lane one after another in their order, the lanes beside each other. Results are in the order of the items. */
export const inLanes = async <Item, Result>(items: readonly Item[], laneOf: (item: Item) => string, run: (item: Item) => Promise<Result>): Promise<Result[]> => {
  const lanes = new Map<string, number[]>();
  items.forEach((item, place) => {
    const lane = laneOf(item);
    const places = lanes.get(lane);
    if (places) places.push(place);
    else lanes.set(lane, [place]);
  });
  const results = new Array<Result>(items.length);
  const waiting = lanes.values();
  const work = async (): Promise<void> => {
    for (const places of waiting) for (const place of places) results[place] = await run(items[place]!);
  };
  await Promise.all(Array.from({ length: lanesAtOnce }, work));
  return results;
};
