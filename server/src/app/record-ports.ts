import type { FeedType } from '@quietlist/contract/feed';
import type { Provider } from '@quietlist/contract/providers';
import type { RuleAction, RuleSource, RuleTrigger, WebhookStatus } from '@quietlist/contract/vocabulary';

/**
 * The small things of a workspace that are read as a whole: rules, templates, webhooks … Each kind has its own shape, whose owner adds it
 * here. `name` is unique within kind and workspace.
 */
export interface RecordBodies {
  rule: RuleBody;
  template: TemplateBody;
  formerList: FormerListBody;
  connection: ConnectionBody;
  webhook: WebhookBody;
}
export type RecordKind = keyof RecordBodies;

export interface RuleBody {
  trigger: RuleTrigger;
  text: string;
  action: RuleAction;
  lists: string[];
  channel: string | null;
  reply: string | null;
  source: RuleSource;
}

export interface TemplateBody {
  name: string;
  channel: string | null;
  buttons: string[];
}

/** A list that was deleted, and the one that its members went to: what still comes in under its name is put there. */
export interface FormerListBody {
  movedTo: string;
  deletedAt: number;
}

/** A provider that calls the service by itself. `list` and `sender` are ids. */
export interface ConnectionBody {
  provider: Provider;
  sender: string | null;
  list: string | null;
  /** What its webhooks are signed with, as it is: a signature is made with it. Never shown again. */
  secret: string;
}

/** A place that is told of events. The secrets are kept as they are: they sign. */
export interface WebhookBody {
  url: string;
  description: string;
  types: FeedType[];
  lists: string[];
  secret: string;
  previousSecret: { secret: string; until: number } | null;
  status: WebhookStatus;
  disabledReason: string | null;
  /** Since when nothing but failures went there. */
  failingSince: number | null;
}

export interface WorkspaceRecord<Kind extends RecordKind = RecordKind> {
  id: string;
  name: string;
  body: RecordBodies[Kind];
  createdAt: number;
}

export interface RecordReader {
  /** All of a kind, by creation. */
  all<Kind extends RecordKind>(workspaceId: number, kind: Kind): Promise<Array<WorkspaceRecord<Kind>>>;
  find<Kind extends RecordKind>(workspaceId: number, kind: Kind, id: string): Promise<WorkspaceRecord<Kind> | null>;
  /** By id alone, and whose it is: for requests that come without a key. */
  whose<Kind extends RecordKind>(kind: Kind, id: string): Promise<{ workspaceId: number; record: WorkspaceRecord<Kind> } | null>;
  /** All of a kind over all workspaces: for work that a server does by itself, and for copies. */
  everywhere<Kind extends RecordKind>(kind: Kind): Promise<Array<{ workspaceId: number; record: WorkspaceRecord<Kind> }>>;
}

export interface RecordWriter extends RecordReader {
  /** Inserts or replaces. Throws `UniqueConflict` when the name is another one's. */
  put<Kind extends RecordKind>(workspaceId: number, kind: Kind, record: WorkspaceRecord<Kind>): Promise<void>;
  remove(workspaceId: number, kind: RecordKind, id: string): Promise<void>;
}
