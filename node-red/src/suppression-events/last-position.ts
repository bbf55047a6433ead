import type { Node, NodeAPI } from 'node-red';

/** The stores of Node-RED's settings: `{module}`, or the name of another store. */
type Stores = Record<string, string | { module?: unknown } | undefined>;

const key = 'quietlist-position';

/** The store that outlives a restart of Node-RED: the default one where it does, else the first that does; undefined where none does. */
export const lastingStore = (stores: Stores = {}): string | undefined => {
  const isLasting = (name: string): boolean => {
    const store = stores[name];
    if (typeof store === 'string') return store !== name && isLasting(store);
    return store !== undefined && store.module !== 'memory';
  };
  return ['default', ...Object.keys(stores)].find(isLasting);
};

/** How far a node has read the events of a server, in the node's own context. */
export class LastPosition {
  readonly #node: Node;
  readonly #server: string;
  readonly #store: string | undefined;

  constructor(RED: NodeAPI, node: Node, server: string) {
    this.#node = node;
    this.#server = server;
    this.#store = lastingStore((RED.settings as unknown as { contextStorage?: Stores }).contextStorage);
  }

  /** Null when nothing was seen of this server. */
  read(): Promise<number | null> {
    return new Promise((resolve, reject) => {
      this.#node.context().get(key, this.#store, (error: unknown, kept: unknown) => {
        const { server, position } = (kept ?? {}) as { server?: unknown; position?: unknown };
        if (error) reject(error);
        else resolve(server === this.#server && Number.isSafeInteger(position) ? (position as number) : null);
      });
    });
  }

  /** A position that could not be kept is kept with the next one: events after it would come again, and none would be missed. */
  keep(position: number | null): void {
    const kept = position === null ? undefined : { server: this.#server, position };
    this.#node.context().set(key, kept, this.#store, () => undefined);
  }
}
