import type { FastifyInstance } from 'fastify';
import { routes } from '@quietlist/contract/routes';
import { sendProblem } from './problem-handler.ts';

/** Answers for paths that are not there, and for methods that a path does not have. */
export function handlePaths(app: FastifyInstance): void {
  const patterns = Object.values(routes).map((route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    return sendProblem(request, reply, patterns.some((pattern) => pattern.test(path)) ? 'method-not-allowed' : 'not-found');
  });
}
