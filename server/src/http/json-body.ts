import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../app/problem.ts';
import { namesPrototype, repeatedName } from './json-names.ts';
import { shownName } from './shown-name.ts';
import { Turns } from './turns.ts';

/** From this size on a body makes for work that others notice. */
const largeBodyBytes = 16_384;

type Done = (error: Error | null, body?: unknown) => void;

/** The value of a body: JSON and nothing else, as UTF-8 and nothing else, each name once and none of a prototype. Throws a problem. */
function valueOf(request: FastifyRequest, body: Buffer): unknown {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new Problem('unsupported-media-type', 'The body must be encoded as UTF-8.');
  // Bytes that are not UTF-8 would silently become other characters, and an address another address.
  if (!isUtf8(body)) throw new Problem('malformed-json', 'The body is not valid UTF-8.');
  const text = body.toString().replace(/^\ufeff/, '');
  const value = parsed(text);
  if (namesPrototype(value)) throw new Problem('malformed-json');
  const name = repeatedName(text, value);
  if (name === null) return value;
  const field = shownName(name);
  throw new Problem('invalid-request', `The ${field === null ? 'name of a field' : `field ${field}`} stands twice in one object.`, [{ pointer: field === null ? '' : `/${field}`, message: 'Stands twice.' }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed-json');
  }
}

/** Reads bodies as JSON. Large ones are read, and so worked on, by turns. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const turns = new Turns();
  const read = (request: FastifyRequest, body: Buffer, done: Done): void => {
    let value: unknown;
    try {
      value = valueOf(request, body);
    } catch (error) {
      return done(error as Error);
    }
    done(null, value);
  };
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length < largeBodyBytes) return read(request, body, done);
    void turns.take().then(() => read(request, body, done));
  });
}
