import { Type } from 'typebox';
import { limits } from './limits.ts';

/** What no URL holds as it is: white space, controls, lone surrogates, and the backslash, which browsers take for a slash. */
const never = '\\s\\\\\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff';

/** An absolute http(s) URL without user and password. Where it leads is judged when it is called: names can point anywhere tomorrow. */
export const HttpUrl = (description?: string) =>
  Type.String({
    minLength: 8,
    maxLength: limits.urlLength,
    pattern: `^https?://(?![^/?#]*@)[^${never}/?#]+([/?#][^${never}]*)?$`,
    ...(description ? { description } : {}),
  });
