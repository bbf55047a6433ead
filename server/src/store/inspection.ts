/** What can be said of a store without opening it for work, so without changing anything in it. */
export interface Inspection {
  /** Whether there is a store at all. */
  exists: boolean;
  /** What the engine found damaged; empty when nothing is. */
  damage: string[];
  /** Its schema, compared with the one of this version. */
  schema: 'current' | 'older' | 'newer' | 'none';
  /** Bytes of its files; null when another machine keeps them. */
  bytes: number | null;
}

/** Compares the migrations that a store has had with those of this version. */
export function schemaState(executed: readonly string[], known: readonly string[]): Inspection['schema'] {
  if (executed.length === 0) return 'none';
  if (executed.some((name) => !known.includes(name))) return 'newer';
  return executed.length === known.length ? 'current' : 'older';
}
