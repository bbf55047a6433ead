import { openApi } from '@quietlist/contract/openapi';
import { routes } from '@quietlist/contract/routes';
import type { FastifyInstance } from 'fastify';
import { requireRole, type Caller } from '../app/context.ts';
import { Problem } from '../app/problem.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { docsPage, docsStyle } from '../pages/docs-page.ts';
import type { Gate } from './gate.ts';
import { sendProblem } from './problem-handler.ts';
import type { Services } from './services.ts';

/** What operations are made of. */
export interface Operations {
  services: Services;
  gate: Gate;
  metrics: ServiceMetrics;
  hasOpenMetrics: boolean;
}

/** What whoever runs the service asks for, and its description for whoever uses it. Answered however much there is to do. */
export function operations(app: FastifyInstance, { services, gate, metrics, hasOpenMetrics }: Operations): void {
  const { store, version } = services;
  // Made when first asked for: a service starts without them.
  let description: ReturnType<typeof openApi> | undefined;
  let page: string | undefined;
  const described = () => (description ??= openApi(version));
  app.get(routes.health.path, async () => ({ status: 'ok', version }));
  app.get(routes.ready.path, async (request, reply) => {
    if (gate.admission.isStopping) return sendProblem(request, reply, 'stopping');
    try {
      await store.ping();
      return { status: 'ok', version };
    } catch {
      return sendProblem(request, reply, 'check-unavailable', 'The store does not answer.');
    }
  });
  app.get(routes.metrics.path, async (request, reply) => {
    if (!hasOpenMetrics) await requireOperator(services, await gate.identify(request));
    return reply.type(routes.metrics.contentType).header('cache-control', 'no-store').send(metrics.text());
  });
  app.get('/openapi.json', async () => described());
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send((page ??= docsPage(described()))));
  app.get('/docs.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(docsStyle));
}

/** The figures are those of all workspaces together, so only keys of the first one, which the service began with, may read them. */
async function requireOperator({ store }: Services, caller: Caller): Promise<void> {
  requireRole(caller, routes.metrics.role, 'This request');
  const workspaces = await store.directory.workspaces();
  if (workspaces.some(({ id }) => id < caller.workspace.id)) {
    throw new Problem('forbidden', 'These are the figures of the whole service: they need a key of its first workspace.');
  }
}
