import { problems, type ProblemCode } from '@quietlist/contract/problems';
import type { Problem as ProblemBody } from '@quietlist/contract/problem';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../app/ports.ts';
import { Problem, type FieldProblem } from '../app/problem.ts';
import { errorFields } from '../error-fields.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { shownName, shownPath } from './shown-name.ts';

/** Seconds after which a caller may try again what failed for now, where nothing better is known. */
const usualRetryAfterSeconds = 1;

export function problemBody(requestId: string, code: ProblemCode, detail?: string, errors: readonly FieldProblem[] = []): ProblemBody {
  const { status, title, hint, retryable } = problems[code];
  return { type: `/docs#${code}`, title, status, code, detail: detail ?? title, hint, retryable, requestId, ...(errors.length > 0 ? { errors: [...errors] } : {}) };
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, code: ProblemCode, detail?: string, errors: readonly FieldProblem[] = [], retryAfterSeconds = usualRetryAfterSeconds): FastifyReply {
  const { status } = problems[code];
  if (status === 503 || status === 429) reply.header('retry-after', String(retryAfterSeconds));
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  return reply.status(status).header('cache-control', 'no-store').type('application/problem+json').send(JSON.stringify(problemBody(request.id, code, detail, errors)));
}

/** The first thing a schema refused, named by where it is. Values are left out, and names that may be one: they may be addresses. */
function fieldProblem(error: FastifyError): FieldProblem {
  const first = error.validation?.[0];
  const params = (first?.params ?? {}) as { additionalProperty?: string; missingProperty?: string };
  const name = params.missingProperty ?? (params.additionalProperty === undefined ? undefined : shownName(params.additionalProperty));
  const inBody = error.validationContext === 'body';
  const path = `${shownPath(first?.instancePath ?? '')}${name ? `/${name}` : ''}`;
  const unknown = name === null ? 'holds a field that is not known' : 'is not a known field';
  const message = params.additionalProperty === undefined ? (first?.message ?? 'is not valid') : unknown;
  return { pointer: inBody ? path : path.replace(/^\//, ''), message };
}

/** Errors that Fastify itself raises, by its code. */
const ofFastify: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-request',
};

/** Problems that refuse a request before any work. */
const refusals: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['overloaded', 'stopping', 'rate-limited']);

/** The one place where errors become answers. What nobody foresaw is logged without its message, which might hold an address. */
export function handleProblems(app: FastifyInstance, metrics: ServiceMetrics): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) {
      if (refusals.has(error.code)) metrics.refused.add([error.code]);
      return sendProblem(request, reply, error.code, error.message, error.errors, error.retryAfterSeconds);
    }
    if (error instanceof StoreUnavailable) {
      metrics.storeErrors.add(['request']);
      const isCheck = request.routeOptions.url === '/v1/checks';
      request.log.error({ requestId: request.id, cause: (error.cause as { code?: unknown } | undefined)?.code }, 'store unavailable');
      return sendProblem(request, reply, isCheck ? 'check-unavailable' : error.full ? 'storage-full' : 'store-unavailable');
    }
    if (error.validation) {
      const field = fieldProblem(error);
      return sendProblem(request, reply, 'invalid-request', `The field ${field.pointer || '/'} is not valid: it ${field.message}.`, [field]);
    }
    const known = ofFastify[error.code];
    if (known) return sendProblem(request, reply, known);
    if (error.statusCode === 400) return sendProblem(request, reply, error instanceof SyntaxError ? 'malformed-json' : 'invalid-request');
    request.log.error({ requestId: request.id, ...errorFields(error) }, 'unforeseen');
    return sendProblem(request, reply, 'internal');
  });
}
