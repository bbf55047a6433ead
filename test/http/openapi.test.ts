import { ajvOptions } from '@quietlist/contract/ajv-options';
import { openApi } from '@quietlist/contract/openapi';
import { problems } from '@quietlist/contract/problems';
import { routes, type Route } from '@quietlist/contract/routes';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/src/http/app.ts';
import { operationRoutes, reads, writes } from '../../server/src/http/handlers.ts';
import { Ajv, Ajv2020 } from '../support/ajv.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const all = Object.entries(routes) as Array<[string, Route]>;
const inBraces = (path: string): string => path.replace(/:(\w+)/g, '{$1}');
const operations = (description: ReturnType<typeof openApi>) =>
  Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods as Record<string, any>).map(([method, operation]) => ({ path, method, operation })));

describe('the routes of the service', () => {
  it('are those of the contract, each in one table', () => {
    expect([...Object.keys(reads), ...Object.keys(writes), ...operationRoutes].toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it('have schemas that can be compiled, which a running service does only when it is asked', () => {
    const ajv = new Ajv({ ...ajvOptions });
    for (const [name, { parameters, query, body }] of all) for (const schema of [parameters, query, body]) if (schema) expect(() => ajv.compile(schema), name).not.toThrow();
  });

  it('are registered, and nothing else is', async () => {
    const app = await buildApp(service.services, pino({ level: 'silent' }));
    await app.ready();
    const registered: string[] = [];
    const parents: string[] = [];
    for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
      const match = /^([│ ├└─]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? /^([│ ├└─]*)(\S+)$/.exec(line);
      if (!match) continue;
      const depth = (match[1] ?? '').length / 4;
      parents.length = depth;
      parents[depth] = match[2] ?? '';
      for (const method of (match[3] ?? '').split(', ').filter((word) => word !== '' && word !== 'HEAD')) registered.push(`${method} ${parents.join('')}`);
    }
    const expected = [...all.map(([, { method, path }]) => `${method} ${path}`), 'GET /openapi.json', 'GET /docs', 'GET /docs.css', 'GET /v1/inbound/:provider/:connection', 'POST /v1/inbound/:provider/:connection', 'GET /u/:token', 'POST /u/:token', 'GET /u/:token/resubscribe', 'POST /u/:token/resubscribe'];
    expect(registered.toSorted()).toEqual(expected.toSorted());
    await app.close();
  });
});

describe('/openapi.json', () => {
  it('describes every route of the contract, with its role, body and answers', async () => {
    const { status, body } = await service.call('GET', '/openapi.json', undefined, { key: null });
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApi('0.0.0-test'))));
    expect(body.openapi).toBe('3.1.0');
    expect(operations(body).map(({ path, method }) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(all.map(([, { method, path }]) => `${method} ${inBraces(path)}`).toSorted());
    for (const [name, route] of all) {
      const operation = body.paths[inBraces(route.path)][route.method.toLowerCase()];
      expect(operation.operationId).toBe(name);
      expect(operation.requestBody !== undefined).toBe(route.body !== undefined);
      expect(Object.keys(operation.responses)).toContain(String(route.status));
      if (route.role === null) expect(operation.security).toEqual([]);
      else expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403']));
      for (const code of route.problems ?? []) expect(operation.responses[problems[code].status].description).toContain(`\`${code}\``);
    }
  });

  it('holds together: parameters, tags and references are there, and every schema is one', async () => {
    const { body } = await service.call('GET', '/openapi.json', undefined, { key: null });
    const ajv = new Ajv2020({ strict: false });
    const tags = body.tags.map(({ name }: { name: string }) => name);
    const ids = operations(body).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations(body)) {
      expect(tags).toEqual(expect.arrayContaining(operation.tags));
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((parameter: { in: string }) => parameter.in === 'path');
      expect(declared.map(({ name }: { name: string }) => name)).toEqual(inPath);
      expect(declared.every(({ required }: { required: boolean }) => required)).toBe(true);
      const contents = [operation.requestBody, ...Object.values(operation.responses)].filter(Boolean).flatMap(({ content }: any) => Object.values(content));
      for (const { schema } of contents as Array<{ schema: { $ref?: string } }>) {
        if (schema.$ref) expect(schema.$ref).toBe('#/components/schemas/Problem');
        else expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
      }
      for (const response of Object.values(operation.responses) as Array<{ description: string }>) expect(response.description).not.toBe('');
    }
    expect(ajv.validateSchema(body.components.schemas.Problem)).toBe(true);
  });
});

describe('/docs', () => {
  it('shows every route and every code to people, without any script', async () => {
    const { status, headers, body } = await service.call('GET', '/docs', undefined, { key: null });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const [, { path }] of all) expect(body).toContain(`<code>${inBraces(path)}</code>`);
    for (const code of Object.keys(problems)) expect(body).toContain(`<tr id="${code}">`);
    expect(body).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect((await service.call('GET', '/docs.css', undefined, { key: null })).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });
});

describe('health', () => {
  it('needs no key', async () => {
    for (const path of ['/health', '/ready']) expect((await service.call('GET', path, undefined, { key: null })).body).toEqual({ status: 'ok', version: '0.0.0-test' });
  });
});
