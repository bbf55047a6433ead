import type { TSchema } from 'typebox';
import { problems, type ProblemCode } from './problems.ts';
import { Problem } from './problem.ts';
import { roles } from './roles.ts';
import { routes, type Route } from './routes.ts';

const content = (schema: TSchema, contentType = 'application/json') => ({ [contentType]: { schema } });

/** The problems that any route of its sort can answer with. */
function problemsOf(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = [...(route.problems ?? []), 'internal'];
  if (route.role) codes.push('unauthenticated', 'forbidden', 'rate-limited');
  if (route.tag !== 'Operations') codes.push('overloaded', 'stopping');
  if (route.parameters) codes.push('not-found');
  if (route.query || route.parameters || route.body) codes.push('invalid-request');
  if (route.body) codes.push('malformed-json', 'payload-too-large', 'unsupported-media-type');
  if (isWrite(route)) codes.push('store-unavailable');
  if (takesIdempotencyKey(route)) codes.push('idempotency-mismatch');
  return [...new Set(codes)];
}

/** Whether the route changes something. */
export const isWrite = (route: Route): boolean => route.method !== 'GET' && !route.changesNothing;

export const takesIdempotencyKey = (route: Route): boolean => isWrite(route) && !route.answersSecret;

function parametersOf(route: Route) {
  const required = (schema: TSchema): string[] => (schema as { required?: string[] }).required ?? [];
  const of = (schema: TSchema | undefined, where: 'path' | 'query') =>
    Object.entries((schema as { properties?: Record<string, TSchema> } | undefined)?.properties ?? {}).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || required(schema as TSchema).includes(name),
      schema: property,
    }));
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Sent again with the same key, a write answers what it answered first and changes nothing more.',
    schema: { type: 'string', maxLength: 255 },
  };
  return [...of(route.parameters, 'path'), ...of(route.query, 'query'), ...(takesIdempotencyKey(route) ? [idempotencyKey] : [])];
}

function responsesOf(route: Route) {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code]);
  const failures = [...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [
    String(status),
    { description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ]);
  return { [route.status]: { description: route.summary, content: content(route.response, route.contentType) }, ...Object.fromEntries(failures) };
}

/** The OpenAPI 3.1 description of the whole service, made from the same table that the service registers. */
export function openApi(version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, route] of Object.entries(routes) as Array<[string, Route]>) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = {
      operationId,
      tags: [route.tag],
      summary: route.summary,
      description: route.role ? `Least role: **${route.role}** (${roles[route.role].toLowerCase()}).` : 'No key needed.',
      ...(route.role ? {} : { security: [] }),
      parameters: parametersOf(route),
      ...(route.body ? { requestBody: { required: true, content: content(route.body) } } : {}),
      responses: responsesOf(route),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quietlist',
      version,
      description: 'One do-not-contact list for every flow. When in doubt, nothing is sent: every answer that is not a clear “allow” means hold.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ apiKey: [] }],
    tags: [...new Set(Object.values(routes).map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } }, schemas: { Problem } },
  };
}
