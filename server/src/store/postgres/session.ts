/** One statement as the server gets it. A named one is parsed and planned once for each connection. */
export interface Statement {
  text: string;
  values: readonly unknown[];
  name?: string;
}

export interface StatementResult {
  // Rows are what the statement says they are.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  rows: any[];
  affected: number;
  /** What the server says it did, such as `COMMIT`; empty where the driver does not tell. */
  command: string;
}

/** One connection, in the hands of one user at a time. */
export interface Session {
  run(statement: Statement): Promise<StatementResult>;
  /** Gives the connection back. A broken one is thrown away. */
  release(isBroken: boolean): void;
}

/** Connections to one server. */
export interface SessionPool {
  connect(): Promise<Session>;
  close(): Promise<void>;
}
