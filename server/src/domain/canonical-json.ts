/** The names of one shape of object, in the order in which they came, and as JSON writes them, in theirs. */
interface Shape {
  names: readonly string[];
  sorted: ReadonlyArray<{ name: string; text: string }>;
}

/** Shapes met before. They are the model's own few, met with every line that is hashed; those that callers make up come and go. */
const shapes = new Map<string, Shape>();
const shapesKept = 1_000;
/** Characters that JSON writes as they are. */
const plain = /^[ !#-[\]-~]*$/;

const textOf = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value));
const areSame = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((name, index) => name === other[index]);

function shapeOf(value: object): Shape {
  const names = Object.keys(value);
  const known = shapes.get(names.join());
  if (known && areSame(known.names, names)) return known;
  const shape = { names, sorted: names.toSorted().map((name) => ({ name, text: `${JSON.stringify(name)}:` })) };
  if (shapes.size < shapesKept) shapes.set(names.join(), shape);
  return shape;
}

/** JSON with sorted keys: the same value always gives the same text, whatever store it went through. */
export function canonicalJson(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  for (const { name, text: nameText } of shapeOf(value).sorted) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) text += `${text === '' ? '{' : ','}${nameText}${canonicalJson(field)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}
