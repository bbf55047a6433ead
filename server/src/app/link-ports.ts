import type { AddressKind } from '@quietlist/contract/vocabulary';

/** An unsubscribe link: whom it opts out, and of what. Its token is not kept, only the hash of it. */
export interface LinkRecord {
  tokenHash: string;
  workspaceId: number;
  key: string;
  address: string;
  addressKind: AddressKind;
  list: string;
  channel: string | null;
  sender: string | null;
  createdAt: number;
}

export interface LinkReader {
  /** By the hash of its token, over all workspaces. */
  find(tokenHash: string): Promise<LinkRecord | null>;
  /** Links of all workspaces, by the hash of their token. */
  scan(after: string | null, limit: number): Promise<LinkRecord[]>;
}

export interface LinkWriter extends LinkReader {
  /** Keeps those of these links that are not kept yet. One that is stays as it is: it never ends and never means another. */
  keep(workspaceId: number, links: readonly LinkRecord[]): Promise<void>;
}
