/** Items that go with the same options, and the place of each among the items given. */
export interface Group<Item, Options> {
  options: Options;
  items: Item[];
  places: number[];
}

/** Puts items with equal options together, so that a flow whose items differ in scope still sends few requests. Groups come in the order of their first item. */
export const groupByOptions = <Item, Options>(items: readonly Item[], optionsOf: (item: Item, place: number) => Options): Array<Group<Item, Options>> => {
  const groups = new Map<string, Group<Item, Options>>();
  let last: Group<Item, Options> | undefined;
  let lastOptions: Options | undefined;
  items.forEach((item, place) => {
    const options = optionsOf(item, place);
    // Neighbours often share the very same options.
    if (!last || options !== lastOptions) {
      const identity = JSON.stringify(sorted(options)) ?? '';
      last = groups.get(identity) ?? { options, items: [], places: [] };
      lastOptions = options;
      groups.set(identity, last);
    }
    last.items.push(item);
    last.places.push(place);
  });
  return [...groups.values()];
};

/** The order in which fields were set makes no difference; the order in an array does. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
};
