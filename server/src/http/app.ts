import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { ajvOptions } from '@quietlist/contract/ajv-options';
import { limits } from '@quietlist/contract/limits';
import { takesIdempotencyKey } from '@quietlist/contract/openapi';
import { routes, type Route, type RouteName } from '@quietlist/contract/routes';
import { Ajv } from 'ajv';
import fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { authenticate } from '../app/authenticate.ts';
import { requireRole, type Caller } from '../app/context.ts';
import { Problem } from '../app/problem.ts';
import { answerBrokenConnection, answerUnroutable } from './broken-requests.ts';
import { readJsonBodies } from './json-body.ts';
import { handlePaths } from './paths.ts';
import { reads, writes, type Input } from './handlers.ts';
import { keyUse } from './key-use.ts';
import { operations } from './operations.ts';
import { handleProblems } from './problem-handler.ts';
import { runWrite } from './run-write.ts';
import type { Services } from './services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

const inputOf = (request: FastifyRequest): Input => ({ parameters: request.params as Record<string, string>, query: request.query, body: request.body });

const callerOf = (request: FastifyRequest): Caller => {
  if (!request.caller) throw new Problem('unauthenticated');
  return request.caller;
};

/** Where nothing is expected, nothing is ignored either: a filter in the wrong place is refused. */
const noFields = { type: 'object', additionalProperties: false } as const;

/** Registers one route of the contract: key and role are judged before the body is read. */
function addRoute(app: FastifyInstance, services: Services, name: keyof typeof reads | keyof typeof writes, noteUse: (caller: Caller & { lastUsedAt: number | null }) => void): void {
  const route: Route = routes[name];
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bulk ? limits.bulkBodyBytes : limits.bodyBytes,
    schema: {
      ...(route.parameters ? { params: route.parameters } : {}),
      querystring: route.query ?? noFields,
      ...(route.body ? { body: route.body } : {}),
    },
    onRequest: async (request) => {
      const caller = await authenticate(services.store, services.platform.clock, request.headers.authorization);
      if (route.role) requireRole(caller, route.role, 'This request');
      request.caller = caller;
      noteUse(caller);
    },
    handler: async (request, reply) => {
      const caller = callerOf(request);
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store');
      if (name in reads) {
        return reply.status(route.status).send(JSON.stringify(await reads[name as keyof typeof reads](services, caller, inputOf(request))));
      }
      const header = request.headers['idempotency-key'];
      const answer = await runWrite(services, {
        caller,
        idempotencyKey: takesIdempotencyKey(route) ? (Array.isArray(header) ? header.join() : header) : undefined,
        subject: `${route.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`,
        status: route.status,
        run: (writer) => writes[name as keyof typeof writes](writer, services, caller, inputOf(request)),
      });
      if (answer.wasReplayed) reply.header('idempotent-replayed', 'true');
      return reply.status(answer.status).send(answer.body);
    },
  });
}

/** The whole service as a Fastify application that listens nowhere yet. */
export async function buildApp(services: Services, logger: Logger): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    // A request's URL may hold an address: what is logged of it is the route, in `onResponse` below.
    logController: new LogController({ disableRequestLogging: true }),
    // Every line of ours names its request; a logger of its own for each would cost more than a check.
    childLoggerFactory: (parent) => parent,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerBrokenConnection,
    genReqId: () => randomUUID(),
    connectionTimeout: 120_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 2_048 },
  }) as unknown as FastifyInstance;
  const ajv = new Ajv({ ...ajvOptions });
  app.setValidatorCompiler(({ schema }) => ajv.compile(schema));
  app.decorateRequest('caller', null);
  readJsonBodies(app);
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 10) / 10, key: request.caller?.actor ?? null }, 'request');
  });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], styleSrc: ["'self'"], imgSrc: ["'self'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  handleProblems(app);
  handlePaths(app);
  const noteUse = keyUse(services, logger);
  for (const name of Object.keys(routes) as RouteName[]) {
    if (name in reads || name in writes) addRoute(app, services, name as keyof typeof reads, noteUse);
  }
  operations(app, services);
  return app;
}
