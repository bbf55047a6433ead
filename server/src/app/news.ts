import type { Store } from './ports.ts';

/**
 * Says within this process that there may be something new in the outbox, once that is committed, so that nobody here waits for the next
 * look. It is a hint: what is true is in the store, and other servers write there, too.
 */
export interface News {
  /** `workspaceId` null: of any workspace. */
  tell(workspaceId: number | null): void;
  /** Calls back until the answer is called. */
  listen(listener: (workspaceId: number | null) => void): () => void;
}

export function createNews(): News {
  const listeners = new Set<(workspaceId: number | null) => void>();
  return {
    tell(workspaceId) {
      for (const listener of listeners) listener(workspaceId);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The store, telling of what it has committed for others to hear. */
export const telling = (store: Store, news: News): Store => ({
  ...store,
  async write(work) {
    const told = new Set<number>();
    const value = await store.write((writer) => {
      const outbox = {
        ...writer.outbox,
        async append(workspaceId: number, row: Parameters<typeof writer.outbox.append>[1]) {
          await writer.outbox.append(workspaceId, row);
          told.add(workspaceId);
        },
      };
      return work({ ...writer, outbox });
    });
    for (const workspaceId of told) news.tell(workspaceId);
    return value;
  },
});
