import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../app/problem.ts';
import { repeatedName } from './json-names.ts';
import { shownName } from './shown-name.ts';
import { Turns } from './turns.ts';

/** From this size on a body makes for work that others notice. */
const largeBodyBytes = 16_384;

type Done = (error: Error | null, body?: unknown) => void;

/**
 * Reads bodies: JSON and nothing else, as UTF-8 and nothing else, each name once. Bytes that are not UTF-8 would silently become
 * other characters, and an address another address. Large ones are read, and so worked on, by turns.
 */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  const turns = new Turns();
  const read = (request: FastifyRequest, body: Buffer, done: Done): void => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) return done(new Problem('unsupported-media-type', 'The body must be encoded as UTF-8.'));
    if (!isUtf8(body)) return done(new Problem('malformed-json', 'The body is not valid UTF-8.'));
    const text = body.toString();
    parse(request, text, (error: Error | null, value?: unknown) => {
      if (error) return done(error);
      const name = repeatedName(text, value);
      if (name === null) return done(null, value);
      const field = shownName(name);
      done(new Problem('invalid-request', `The ${field === null ? 'name of a field' : `field ${field}`} stands twice in one object.`, [{ pointer: field === null ? '' : `/${field}`, message: 'Stands twice.' }]));
    });
  };
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length < largeBodyBytes) return read(request, body, done);
    void turns.take().then(() => read(request, body, done));
  });
}
