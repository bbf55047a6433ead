import { Type } from 'typebox';
import { limits } from './limits.ts';

/** An absolute http(s) URL without user and password. Where it leads is judged when it is called: names can point anywhere tomorrow. */
export const HttpUrl = (description?: string) =>
  Type.String({
    minLength: 8,
    maxLength: limits.urlLength,
    pattern: '^https?://(?![^/?#]*@)[^\\s/?#\\\\]+([/?#][^\\s\\\\]*)?$',
    ...(description ? { description } : {}),
  });
