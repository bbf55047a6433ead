/**
 * The tables as SQL sees them, the same on every engine. Ids are made by the application; `*` stands for any channel or sender and
 * the empty text for no list, so that a unique constraint sees them; `closed` is 0 while an entry is open and its own id once it has
 * ended, so that the natural key is unique among open entries without a partial index.
 */
export interface Database {
  workspace: WorkspaceTable;
  list: ListTable;
  sender: SenderTable;
  record: RecordTable;
  inbound_message: InboundMessageTable;
  review: ReviewTable;
  link: LinkTable;
  api_key: ApiKeyTable;
  entry: EntryTable;
  event: EventTable;
  contact_address: ContactAddressTable;
  idempotency: IdempotencyTable;
  outbox: OutboxTable;
  outbox_head: OutboxHeadTable;
  follower: FollowerTable;
  delivery: DeliveryTable;
  lease: LeaseTable;
  mark: MarkTable;
}

export interface OutboxTable {
  workspace: number;
  id: number;
  at: number;
  events: number;
  items: JsonColumn;
  position: number | null;
}

export interface FollowerTable {
  workspace: number;
  target: string;
  position: number;
}

export interface DeliveryTable {
  workspace: number;
  id: number;
  target: string;
  event: string;
  type: string;
  url: string | null;
  body: string;
  status: string;
  attempts: number;
  due_at: number | null;
  last_status: number | null;
  last_error: string | null;
  created_at: number;
  delivered_at: number | null;
}

export interface OutboxHeadTable {
  workspace: number;
  position: number;
}

export interface LeaseTable {
  name: string;
  holder: string;
  held_until: number;
}

/** JSON: text on one engine, a JSON type on another. Only the dialect's `toJson` and `fromJson` touch it. */
export type JsonColumn = unknown;

export interface WorkspaceTable {
  id: number;
  name: string;
  settings: JsonColumn;
  created_at: number;
}

export interface ListTable {
  workspace: number;
  id: string;
  name: string;
  description: string;
  keyword: string | null;
  confirmation_message: string | null;
  webhook_url: string | null;
  languages: JsonColumn;
  created_at: number;
}

export interface SenderTable {
  workspace: number;
  id: string;
  name: string;
  channel: string;
  channel_id: number;
  created_at: number;
}

/** The small things of a workspace that are read as a whole. */
export interface RecordTable {
  workspace: number;
  kind: string;
  id: string;
  name: string;
  body: JsonColumn;
  created_at: number;
}

export interface InboundMessageTable {
  workspace: number;
  key: string;
  id: number;
  channel: string;
  message_id: string | null;
  at: number;
  request: JsonColumn;
  answer: JsonColumn;
}

export interface ReviewTable {
  workspace: number;
  id: number;
  status: string;
  key: string;
  address: string;
  channel: string;
  sender: string | null;
  text: string;
  phrase: string;
  lists: JsonColumn;
  entries: JsonColumn;
  asked: number;
  created_at: number;
  due_at: number;
  decided_at: number | null;
  decided_by: string | null;
  note: string | null;
}

export interface LinkTable {
  token_hash: string;
  workspace: number;
  key: string;
  address: string;
  address_kind: string;
  list: string;
  channel: string;
  sender: string;
  created_at: number;
}

export interface ApiKeyTable {
  workspace: number;
  id: number;
  public_id: string;
  secret_hash: string;
  name: string;
  role: string;
  created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
  revoked_at: number | null;
}

export interface EntryTable {
  workspace: number;
  key: string;
  id: number;
  kind: string;
  list: string;
  channel: string;
  sender: string;
  closed: number;
  mailbox: string | null;
  address: string;
  address_kind: string;
  unverified: number;
  purpose: string;
  direction: string;
  reason: string;
  note: string | null;
  source: string;
  evidence: JsonColumn;
  origin: string;
  batch: string | null;
  created_at: number;
  expires_at: number | null;
  ended_at: number | null;
  ended_as: string | null;
}

export interface EventTable {
  workspace: number;
  key: string;
  sequence: number;
  id: number;
  at: number;
  actor: string;
  action: string;
  entry_id: number | null;
  /** See `event-snapshot.ts`. */
  before: string | null;
  after: string | null;
  batch: string | null;
  reason: string | null;
  previous_hash: string | null;
  hash: string;
  /** Only where rows lie by their id, see `event-lines.ts`. */
  beside_entry?: number;
}

export interface ContactAddressTable {
  workspace: number;
  key: string;
  contact_id: number;
  address: string;
  address_kind: string;
}

export interface IdempotencyTable {
  key_id: number;
  idempotency_key: string;
  fingerprint: string;
  status: number;
  body: string;
  created_at: number;
}

export interface MarkTable {
  name: string;
  value: string;
}
