/** What the tests use of a package that brings no types. Its own `any`s stay: tests look into nodes and messages of every shape. */
declare module 'node-red-node-test-helper' {
  interface TestHelper {
    init(runtimePath: string): void;
    startServer(): Promise<void>;
    stopServer(): Promise<void>;
    load(initializer: unknown, flow: unknown, credentials?: unknown): Promise<void>;
    unload(): Promise<void>;
    getNode(id: string): any;
    /** Requests to Node-RED's admin API, by supertest. */
    request(): any;
    /** A sinon spy on Node-RED's log. */
    log(): any;
  }
  const helper: TestHelper;
  export default helper;
}
