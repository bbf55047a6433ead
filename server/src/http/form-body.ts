import { limits } from '@quietlist/contract/limits';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A form that cannot be read says nothing: what a request means then follows from its path alone. */
async function formOf(contentType: string | undefined, body: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType ?? '' } }).formData();
  } catch {
    return new FormData();
  }
}

/** Reads the bodies of forms, in either encoding (RFC 8058 §3.2 allows both), and of nothing else. */
export function readForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer', bodyLimit: limits.formBodyBytes },
    (request: FastifyRequest, body: Buffer) => formOf(request.headers['content-type'], body),
  );
}
