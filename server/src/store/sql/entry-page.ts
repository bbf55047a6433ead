import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { kinds, wordsOf } from '@quietlist/contract/vocabulary';
import type { EntryFilter, EntrySort, PageStart } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import { anyScope, everyColumn, noList } from './entry-row.ts';
import type { Database, EntryTable } from './tables.ts';

export interface EntryPageRequest {
  workspaceId: number;
  filter: EntryFilter;
  sort: EntrySort;
  limit: number;
  after: PageStart | null;
  now: number;
}

type Condition = RawBuilder<SqlBool>;
const is = (condition: RawBuilder<unknown>): Condition => condition as Condition;

/** Rows that one index holds in the order of the page. */
interface Strand {
  index: string;
  conditions: Condition[];
}

/** So few entries share a rare key prefix that they are read and sorted; a commoner prefix is met often enough on the way. */
const rarePrefix = 1_000;

const open = is(sql`entry.closed = 0`);
const ended = is(sql`entry.closed > 0`);

/** The conditions of a status, each of them met by open rows alone or by ended rows alone. */
function statusConditions(status: EntryFilter['status'], now: number): { open?: Condition; due?: Condition; ended?: Condition } {
  const due = is(sql`${open} and entry.expires_at is not null and entry.expires_at <= ${now}`);
  switch (status) {
    case 'any':
      return { open, ended };
    case 'removed':
      return { ended: is(sql`${ended} and entry.ended_as = 'removed'`) };
    case 'expired':
      return { due, ended: is(sql`${ended} and entry.ended_as = 'expired'`) };
    default:
      return { open: is(sql`${open} and (entry.expires_at is null or entry.expires_at > ${now})`) };
  }
}

function filterConditions(dialect: SqlDialect, workspaceId: number, filter: EntryFilter): Condition[] {
  const { kind, list, channel, sender, reason, source, by, batch, createdFrom, createdTo, keyPrefix } = filter;
  const conditions = [is(sql`entry.workspace = ${workspaceId}`)];
  for (const [column, value] of Object.entries({ kind, list, channel, sender, reason, source, origin: by, batch })) {
    if (value !== undefined) conditions.push(is(sql`${sql.ref(`entry.${column}`)} = ${value}`));
  }
  // A filter never means the rows that have none; on the sender this is also the condition of its index.
  if (list !== undefined) conditions.push(is(sql`entry.list <> ${noList}`));
  if (channel !== undefined) conditions.push(is(sql`entry.channel <> ${anyScope}`));
  if (sender !== undefined) conditions.push(is(sql`entry.sender <> ${sql.lit(anyScope)}`));
  if (createdFrom !== undefined) conditions.push(is(sql`entry.created_at >= ${createdFrom}`));
  if (createdTo !== undefined) conditions.push(is(sql`entry.created_at <= ${createdTo}`));
  if (keyPrefix !== undefined) conditions.push(dialect.startsWith('entry.key', keyPrefix));
  return conditions;
}

const allOf = (conditions: readonly Condition[]) => sql.join(conditions, sql` and `);
const anyOf = (conditions: readonly Condition[]) => is(sql`(${sql.join(conditions, sql` or `)})`);

/** One page by creation or by key. Ids grow with creation, so pages by creation go by id. */
export class EntryPageQuery {
  readonly #db: Kysely<Database>;
  readonly #dialect: SqlDialect;
  readonly #request: EntryPageRequest;

  constructor(db: Kysely<Database>, dialect: SqlDialect, request: EntryPageRequest) {
    this.#db = db;
    this.#dialect = dialect;
    this.#request = request;
  }

  async rows(): Promise<EntryTable[]> {
    const { filter, sort, now, workspaceId } = this.#request;
    const conditions = filterConditions(this.#dialect, workspaceId, filter);
    const status = statusConditions(filter.status, now);
    const anyStatus = anyOf(Object.values(status));
    if (sort === 'address' || sort === '-address') return this.#byKey([...conditions, anyStatus]);
    if (await this.#isRarePrefix()) return this.#byId({ index: 'entry_natural_key', conditions: [...conditions, anyStatus] }, 'id');

    const strands: Array<Promise<EntryTable[]>> = [];
    for (const { index, conditions: lead } of this.#leads()) {
      const all = [...conditions, ...lead];
      if (status.open) strands.push(this.#byId({ index, conditions: [...all, status.open] }, 'id'));
      if (status.due) strands.push(this.#byId({ index: 'entry_due', conditions: [...all, status.due] }, 'id'));
      if (status.ended) strands.push(this.#byId({ index, conditions: [...all, status.ended] }, 'closed'));
    }
    return this.#merge((await Promise.all(strands)).flat());
  }

  /** The indexes that hold what is asked for, newest last: of one sender, of one list, or of each kind. */
  #leads(): Strand[] {
    const { filter } = this.#request;
    if (filter.sender !== undefined) return [{ index: 'entry_by_sender', conditions: [] }];
    if (filter.list !== undefined) return [{ index: 'entry_by_list', conditions: [] }];
    if (filter.kind !== undefined) return [{ index: 'entry_by_kind', conditions: [] }];
    return wordsOf(kinds).map((kind) => ({ index: 'entry_by_kind', conditions: [is(sql`entry.kind = ${kind}`)] }));
  }

  async #isRarePrefix(): Promise<boolean> {
    const { filter, workspaceId } = this.#request;
    if (filter.keyPrefix === undefined) return false;
    const { rows } = await sql`
      select 1 from ${this.#dialect.fromIndex('entry', 'entry_natural_key')}
      where entry.workspace = ${workspaceId} and ${this.#dialect.startsWith('entry.key', filter.keyPrefix)} limit ${rarePrefix + 1}`.execute(this.#db);
    return rows.length <= rarePrefix;
  }

  /** `column` holds the id, and the index of the strand is sorted by it: `closed` for ended rows, whose `closed` is their id. */
  async #byId({ index, conditions }: Strand, column: 'id' | 'closed'): Promise<EntryTable[]> {
    const { sort, after, limit } = this.#request;
    const reference = sql.ref(`entry.${column}`);
    const [beyond, order] = sort === 'createdAt' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
    const all = after ? [...conditions, is(sql`${reference} ${beyond} ${after.id}`)] : conditions;
    return this.#select(index, all, sql`${reference} ${order}`, limit);
  }

  async #byKey(conditions: Condition[]): Promise<EntryTable[]> {
    const { sort, after, limit } = this.#request;
    const [beyond, order] = sort === 'address' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
    const all = after
      ? [...conditions, is(sql`entry.key ${beyond}= ${after.key} and (entry.key ${beyond} ${after.key} or entry.id ${beyond} ${after.id})`)]
      : conditions;
    return this.#select('entry_natural_key', all, sql`entry.key ${order}, entry.id ${order}`, limit);
  }

  async #select(index: string, conditions: Condition[], order: RawBuilder<unknown>, limit: number): Promise<EntryTable[]> {
    const from = this.#dialect.fromIndex('entry', index);
    const { rows } = await sql<EntryTable>`select ${everyColumn} from ${from} where ${allOf(conditions)} order by ${order} limit ${limit}`.execute(this.#db);
    return rows;
  }

  #merge(rows: EntryTable[]): EntryTable[] {
    const { sort, limit } = this.#request;
    return rows.sort((a, b) => (sort === 'createdAt' ? a.id - b.id : b.id - a.id)).slice(0, limit);
  }
}
