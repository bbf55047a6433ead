import type { FastifyInstance } from 'fastify';
import { routes } from '@quietlist/contract/routes';
import { sendProblem } from './problem-handler.ts';

/** Answers for paths that are not there, and for methods that a path does not have. */
export function handlePaths(app: FastifyInstance): void {
  const patterns = Object.values(routes).map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const methods = new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
    if (methods.size === 0) return sendProblem(request, reply, 'not-found');
    return sendProblem(request, reply.header('allow', [...methods].join(', ')), 'method-not-allowed');
  });
}
