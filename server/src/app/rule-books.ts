import type { RuleBook } from '../domain/rule-book.ts';
import type { Platform } from './context.ts';
import type { StoreReader, StoreWriter } from './ports.ts';

/** Made anew whenever a rule or a list of the workspace changes, on whichever server. */
interface Kept {
  version: string | null;
  book: RuleBook;
}

const books = new WeakMap<Platform, Map<number, Kept>>();

const markName = (workspaceId: number): string => `rules:${workspaceId}`;

/** The book of a workspace as it is now. Reading ten thousand rules for each message would be dear; reading one mark is not. */
export async function ruleBookOf(reader: Pick<StoreReader, 'marks' | 'records' | 'directory'>, platform: Platform, workspaceId: number): Promise<RuleBook> {
  const own = books.get(platform) ?? new Map<number, Kept>();
  books.set(platform, own);
  // Read before the rules: at worst a newer book is kept under an older version, and made again.
  const version = await reader.marks.get(markName(workspaceId));
  const kept = own.get(workspaceId);
  if (kept?.version === version && kept !== undefined) return kept.book;
  // Only now: a service starts without the words of all languages, and the first message brings them.
  const domain = await import('../domain/rule-book.ts');
  const rules = await reader.records.all(workspaceId, 'rule');
  const book = new domain.RuleBook(rules.map(({ id, body }) => ({ id, ...body })), await reader.directory.lists(workspaceId));
  own.set(workspaceId, { version, book });
  return book;
}

/** Tells every server that rules or lists are no longer what they were. Part of the write that changes them. */
export async function rulesChanged(writer: StoreWriter, platform: Platform, workspaceId: number): Promise<void> {
  await writer.marks.put(markName(workspaceId), String(platform.ids.next()));
}
