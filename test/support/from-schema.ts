import fc from 'fast-check';

interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

/** Texts that mean something to the service, and texts that break things. */
const words = [
  '+14155552671', '14155552672', 'whatsapp:+4915112345678', 'ann@example.com', 'A.nn+tag@gmail.com', '123456789', 'call me', 'whatsapp', 'sms', 'telegram', 'email', 'acme_chat', 'default', 'News', '*',
  'DE', 'US', '2026-01-02T03:04:05Z', '2036-01-02T03:04:05.678Z', '2026-02-30T00:00:00Z', 'ent_1', 'lst_1', 'snd_1', 'key_1', '1', '50', 'x', '', ' ', 'ñandú 🦜', '🦜'.repeat(60),
];
const nasty = ['\u0000', 'a\u0000b', '\ud800', 'line\nbreak', '\u202egnp.exe', '__proto__', 'constructor', 'toString', "'; drop table entry; --", '%', '_', '\\', '"', 'x'.repeat(600), '{"a":1}', '../../etc/passwd', '1e400', 'NaN', 'null', '٠١٢٣٤٥'];

const anyText = fc.oneof({ arbitrary: fc.constantFrom(...words), weight: 5 }, { arbitrary: fc.constantFrom(...nasty), weight: 1 }, { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 });

function textOf({ pattern, maxLength, minLength }: Schema): fc.Arbitrary<string> {
  if (pattern === undefined && minLength === undefined && maxLength === undefined) return anyText;
  const expression = new RegExp(pattern ?? '', 'u');
  const fitting = words.filter((word) => expression.test(word) && [...word].length <= (maxLength ?? Infinity) && [...word].length >= (minLength ?? 0));
  return fitting.length === 0 ? anyText : fc.oneof({ arbitrary: fc.constantFrom(...fitting), weight: 60 }, { arbitrary: anyText, weight: 1 });
}

const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), anyText, fc.double());

/** A value that is right by the schema most of the time, so that requests get far; each part is anything at all now and then. */
export const fromSchema = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => fc.oneof({ arbitrary: rightBy(schema, depth), weight: depth === 0 ? 30 : 150 }, { arbitrary: anything, weight: 1 });

function rightBy(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => rightBy(one, depth + 1)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: schema.minimum ?? -2, max: Math.min(schema.maximum ?? 1_000, 1_000) }), fc.constantFrom(14155552671, 0, -0, 1.5, 2 ** 53, 1e308));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, depth + 1), { minLength: Math.min(schema.minItems ?? 0, 1), maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case 'object':
      return objectOf(schema, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Fields that name something: mostly what is there. */
function known(name: string): fc.Arbitrary<unknown> | undefined {
  const mostly = <T>(there: fc.Arbitrary<T>, rest: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof({ arbitrary: there, weight: 20 }, { arbitrary: rest, weight: 1 });
  const list = mostly(fc.constantFrom('default', 'News', 'Default'), anyText);
  if (name === 'list') return list;
  if (name === 'lists') return fc.array(list, { minLength: 1, maxLength: 2 });
  if (name === 'sender') return mostly(fc.constantFrom('Store', null), anyText);
  if (name === 'asOf' || name === 'at') return mostly(fc.constant('2026-01-02T03:04:05Z'), anyText);
  if (name === 'expiresAt') return mostly(fc.constant('2036-01-02T03:04:05Z'), anyText);
  if (name === 'limit') return mostly(fc.constantFrom('1', '2', '1000'), anyText);
  if (name === 'cursor') return mostly(fc.constant('WyItY3JlYXRlZEF0IiwiYSIsMV0'), anyText);
  return undefined;
}

function objectOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.patternProperties) {
    const [value] = Object.values(schema.patternProperties);
    return fc.dictionary(fc.constantFrom('workflow', 'line', 'text', 'constructor', 'toString', 'é', '+1415'), fromSchema(value ?? {}, depth + 1), { maxKeys: 3 });
  }
  const fields = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, known(name) ?? fromSchema(property, depth + 1)]));
  const right = fc.record(fields, { requiredKeys: schema.required ?? [] });
  const off = fc.tuple(right, fc.constantFrom('colour', 'Kind', '__proto__x', 'constructor', '+14155552671'), fc.jsonValue({ maxDepth: 1 })).map(([object, name, value]) => ({ ...object, [name]: value }));
  return fc.oneof({ arbitrary: right, weight: 40 }, { arbitrary: off, weight: 1 });
}

/** The query or path values of a schema: each a text. */
export const textsFromSchema = (schema: Schema): fc.Arbitrary<Record<string, string>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, property]) => [name, known(name) !== undefined ? (known(name) as fc.Arbitrary<unknown>).map((value) => String(value ?? 'Store')) : property.enum ? fc.oneof({ arbitrary: fc.constantFrom(...(property.enum as string[])), weight: 9 }, { arbitrary: anyText, weight: 1 }) : property.type === 'string' ? textOf(property) : anyText]),
    ),
    { requiredKeys: schema.required ?? [] },
  );
