import { randomUUID } from 'node:crypto';
import { takesIdempotencyKey } from '@quietlist/contract/openapi';
import { routes, type Route, type RouteName } from '@quietlist/contract/routes';
import fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Caller } from '../app/context.ts';
import { Problem } from '../app/problem.ts';
import { serviceMetrics, type Gauges, type ServiceMetrics } from '../metrics/service-metrics.ts';
import { addEventStream, EventStreams } from './event-stream.ts';
import { answerBrokenConnection, answerUnroutable } from './broken-requests.ts';
import { schemaCompiler } from './compile-schema.ts';
import { bodyLimitOf, Gate } from './gate.ts';
import { readJsonBodies } from './json-body.ts';
import { handlePaths } from './paths.ts';
import { preparations, reads, writes, type Input } from './handlers.ts';
import { linkPrefix, linkRoutes } from './link-routes.ts';
import { noteAnswer } from './note-answer.ts';
import { operations } from './operations.ts';
import { defaultHttpOptions, type HttpOptions } from './options.ts';
import { providerRoutes, readProviderForms } from './provider-routes.ts';
import { handleProblems } from './problem-handler.ts';
import { originOf } from './public-url.ts';
import { runWrite } from './run-write.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';

const inputOf = (request: FastifyRequest, publicUrl: string | null): Input => ({
  parameters: request.params as Record<string, string>, query: request.query, body: request.body, publicUrl: () => publicUrl ?? originOf(request),
});

const callerOf = (request: FastifyRequest): Caller => {
  if (!request.caller) throw new Problem('unauthenticated');
  return request.caller;
};

/** Where nothing is expected, nothing is ignored either: a filter in the wrong place is refused. */
const noFields = { type: 'object', additionalProperties: false } as const;

interface Answer {
  status: number;
  /** JSON. */
  body: string;
  wasReplayed: boolean;
}

/** What answers are made with. */
interface Answering {
  services: Services;
  metrics: ServiceMetrics;
  publicUrl: string | null;
}

/** Does what a request asks for. */
async function answerTo(request: FastifyRequest, name: keyof typeof reads | keyof typeof writes, { services, metrics, publicUrl }: Answering): Promise<Answer> {
  const route: Route = routes[name];
  const caller = callerOf(request);
  const input = inputOf(request, publicUrl);
  if (name in reads) {
    const value = await reads[name as keyof typeof reads](services, caller, input);
    noteAnswer(metrics, name, request.body, value);
    return { status: route.status, body: JSON.stringify(value), wasReplayed: false };
  }
  await preparations[name]?.(services, caller, input);
  const header = request.headers['idempotency-key'];
  let value: unknown;
  const answer = await runWrite(services, {
    caller,
    idempotencyKey: takesIdempotencyKey(route) ? (Array.isArray(header) ? header.join() : header) : undefined,
    subject: () => `${route.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`,
    status: route.status,
    run: async (writer) => (value = await writes[name as keyof typeof writes](writer, services, caller, input)),
  });
  if (!answer.wasReplayed) noteAnswer(metrics, name, request.body, value);
  return answer;
}

/** Registers one route of the contract: room, key and role are judged before the body is read. */
function addRoute(app: FastifyInstance, gate: Gate, answering: Answering, name: keyof typeof reads | keyof typeof writes): void {
  const route: Route = routes[name];
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: bodyLimitOf(route),
    schema: {
      ...(route.parameters ? { params: route.parameters } : {}),
      querystring: route.query ?? noFields,
      ...(route.body ? { body: route.body } : {}),
    },
    onRequest: (request, reply) => gate.enter(request, reply, route),
    handler: async (request, reply) => {
      const work = () => answerTo(request, name, answering);
      const { status, body, wasReplayed } = await (request.place ? request.place.during(work) : work());
      if (wasReplayed) reply.header('idempotent-replayed', 'true');
      reply.status(status).header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store');
      return body;
    },
  });
}

/** Stands where Fastify would load compilers of its own. The one that is used is set below; answers have no schema, they are made by us. */
const noCompiler = () => () => {
  throw new Error('Answers have no schema.');
};

/** The application, with what those who run it need to hold. */
export interface Application {
  app: FastifyInstance;
  gate: Gate;
  streams: EventStreams;
  metrics: ServiceMetrics;
}

/** The whole service as a Fastify application that listens nowhere yet. */
export async function buildApplication(services: Services, logger: Logger, given: Partial<HttpOptions> = {}): Promise<Application> {
  const options: HttpOptions = { ...defaultHttpOptions, ...given };
  const app = fastify({
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
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
  const compile = schemaCompiler();
  app.setValidatorCompiler(({ schema }) => compile(schema));
  app.decorateRequest('caller', null);
  app.decorateRequest('place', null);
  const gate = new Gate(services, options, logger);
  const metrics = serviceMetrics(services.version);
  readJsonBodies(app);
  // These run with every request: a hook that calls back costs less than one that promises.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (gate.admission.isStopping) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    request.place?.answered();
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.add([route, request.method, `${Math.floor(reply.statusCode / 100)}xx`]);
    // How long a stream was open is not how long anybody waited.
    if (route !== routes.streamEvents.path) metrics.durations.observe(route, reply.elapsedTime / 1_000);
    request.log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 10) / 10, key: request.caller?.actor ?? null }, 'request');
    done();
  });
  const headers = securityHeaders();
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  handleProblems(app, metrics);
  handlePaths(app);
  const answering = { services, metrics, publicUrl: options.publicUrl };
  for (const name of Object.keys(routes) as RouteName[]) {
    if ((name in reads || name in writes) && name !== 'receiveFromProvider') addRoute(app, gate, answering, name as keyof typeof reads);
  }
  app.register(async (scope) => {
    readProviderForms(scope);
    addRoute(scope, gate, answering, 'receiveFromProvider');
  });
  app.register(providerRoutes({ services, gate, publicUrl: options.publicUrl }));
  app.register(linkRoutes({ services, gate, metrics }), { prefix: linkPrefix });
  const streams = new EventStreams(services, options);
  addEventStream(app, gate, streams);
  operations(app, { services, gate, metrics, hasOpenMetrics: options.hasOpenMetrics });
  metrics.readFrom(figuresOf(app, gate, streams));
  app.addHook('onClose', async () => metrics.stop());
  return { app, gate, streams, metrics };
}

/** The application alone. */
export const buildApp = async (services: Services, logger: Logger): Promise<FastifyInstance> => (await buildApplication(services, logger)).app;

/** The figures that the application holds itself. */
function figuresOf(app: FastifyInstance, { admission }: Gate, streams: EventStreams): Gauges {
  let open = 0;
  app.server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => (open -= 1));
  });
  return { openConnections: () => open, requestsInFlight: () => admission.requestsInFlight, bytesInFlight: () => admission.bytesInFlight, eventStreams: () => streams.count };
}
