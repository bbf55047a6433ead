import { openApi } from '@quietlist/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { docsPage, docsStyle } from '../pages/docs-page.ts';
import { sendProblem } from './problem-handler.ts';
import type { Services } from './services.ts';

/** What needs no key: health for whoever runs the service, and its description for whoever uses it. */
export function operations(app: FastifyInstance, { store, version }: Services): void {
  const description = openApi(version);
  const page = docsPage(description);
  app.get('/health', async () => ({ status: 'ok', version }));
  app.get('/ready', async (request, reply) => {
    try {
      await store.ping();
      return { status: 'ok', version };
    } catch {
      return sendProblem(request, reply, 'check-unavailable', 'The store does not answer.');
    }
  });
  app.get('/openapi.json', async () => description);
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/docs.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(docsStyle));
}
