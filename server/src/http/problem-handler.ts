import { problems, type ProblemCode } from '@quietlist/contract/problems';
import type { Problem as ProblemBody } from '@quietlist/contract/problem';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../app/ports.ts';
import { Problem, type FieldProblem } from '../app/problem.ts';

/** Seconds after which a caller may try again what failed for now. */
const retryAfterSeconds = 1;

export function sendProblem(request: FastifyRequest, reply: FastifyReply, code: ProblemCode, detail?: string, errors: readonly FieldProblem[] = []): FastifyReply {
  const { status, title, hint, retryable } = problems[code];
  const body: ProblemBody = {
    type: `/docs#${code}`,
    title,
    status,
    code,
    detail: detail ?? title,
    hint,
    retryable,
    requestId: request.id,
    ...(errors.length > 0 ? { errors: [...errors] } : {}),
  };
  if (status === 503 || status === 429) reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.status(status).type('application/problem+json').send(JSON.stringify(body));
}

/** The first thing a schema refused, named by where it is. Values are left out: they may be addresses. */
function fieldProblem(error: FastifyError): FieldProblem {
  const first = error.validation?.[0];
  const params = (first?.params ?? {}) as { additionalProperty?: string; missingProperty?: string };
  const name = params.additionalProperty ?? params.missingProperty;
  const inBody = error.validationContext === 'body';
  const path = `${first?.instancePath ?? ''}${name === undefined ? '' : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`}`;
  const message = params.additionalProperty === undefined ? (first?.message ?? 'is not valid') : 'is not a known field';
  return { pointer: inBody ? path : path.replace(/^\//, ''), message };
}

/** Errors that Fastify itself raises, by its code. */
const ofFastify: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-request',
};

/** The one place where errors become answers. What nobody foresaw is logged without its message, which might hold an address. */
export function handleProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) return sendProblem(request, reply, error.code, error.message, error.errors);
    if (error instanceof StoreUnavailable) {
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
    request.log.error({ requestId: request.id, name: error.name, code: error.code, frames: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) }, 'unforeseen');
    return sendProblem(request, reply, 'internal');
  });
}
