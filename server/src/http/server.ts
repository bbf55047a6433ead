import { Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createNews, telling } from '../app/news.ts';
import { startDeliveries } from '../jobs/start-deliveries.ts';
import { startJobs } from '../jobs/jobs.ts';
import { buildApplication } from './app.ts';
import { defaultHttpOptions, type HttpOptions } from './options.ts';
import type { Services } from './services.ts';

export interface Listening {
  app: FastifyInstance;
  /** `http://host:port`, with the port that was taken. */
  url: string;
  /** Answers what is under way, refuses what is new, then stops the jobs and closes the store. */
  stop(): Promise<void>;
}

/** Starts the service. Port 0 takes any free one. */
export async function startServer(given: Services, logger: Logger, where: { host: string; port: number }, wanted: Partial<HttpOptions> = {}): Promise<Listening> {
  const options: HttpOptions = { ...defaultHttpOptions, ...wanted };
  const news = createNews();
  const services: Services = { ...given, news, store: telling(given.store, news) };
  const { app, gate, streams, metrics } = await buildApplication(services, logger, options);
  await app.listen(where);
  const jobs = startJobs(services, logger, metrics);
  const deliveries = startDeliveries(services, logger, metrics);
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : where.port;
  return {
    app,
    url: `http://${where.host.includes(':') ? `[${where.host}]` : where.host}:${port}`,
    async stop() {
      gate.admission.stop();
      // Stops listening and nothing more: closing idle connections now, as the server of HTTP does, would cut requests that are just arriving.
      Server.prototype.close.call(app.server);
      const streamsEnded = streams.stop();
      const cut = globalThis.setTimeout(() => app.server.closeAllConnections(), options.stopWithinMs).unref();
      const inTime = setTimeout(options.stopWithinMs, undefined, { ref: false });
      await Promise.race([Promise.all([gate.admission.idle(), jobs.stop(), deliveries.stop(), streamsEnded, setTimeout(options.lingerMs)]), inTime]);
      app.server.closeIdleConnections();
      await app.close();
      clearTimeout(cut);
      await services.store.close();
    },
  };
}
