import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { startJobs } from '../jobs/jobs.ts';
import { buildApp } from './app.ts';
import type { Services } from './services.ts';

export interface Listening {
  app: FastifyInstance;
  /** `http://host:port`, with the port that was taken. */
  url: string;
  /** Answers what is under way, stops the jobs, then closes the store. */
  stop(): Promise<void>;
}

/** Starts the service. Port 0 takes any free one. */
export async function startServer(services: Services, logger: Logger, where: { host: string; port: number }): Promise<Listening> {
  const app = await buildApp(services, logger);
  await app.listen(where);
  const jobs = startJobs(services, logger);
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : where.port;
  return {
    app,
    url: `http://${where.host.includes(':') ? `[${where.host}]` : where.host}:${port}`,
    async stop() {
      await jobs.stop();
      app.server.closeIdleConnections();
      await app.close();
      await services.store.close();
    },
  };
}
