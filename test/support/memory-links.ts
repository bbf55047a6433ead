import type { LinkReader, LinkRecord, LinkWriter } from '../../server/src/app/ports.ts';

/** Unsubscribe links of the model store, in plain arrays. */
export const memoryLinkReader = (rows: () => readonly LinkRecord[]): LinkReader => ({
  find: async (tokenHash) => rows().find((link) => link.tokenHash === tokenHash) ?? null,
  scan: async (after, limit) => rows().filter((link) => link.tokenHash > (after ?? '')).sort((a, b) => (a.tokenHash < b.tokenHash ? -1 : 1)).slice(0, limit),
});

export const memoryLinkWriter = (state: { links: LinkRecord[] }, reader: LinkReader): LinkWriter => ({
  ...reader,
  async keep(workspaceId, links) {
    for (const link of links) if (!state.links.some(({ tokenHash }) => tokenHash === link.tokenHash)) state.links.push({ ...link, workspaceId });
  },
});
