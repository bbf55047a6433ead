/** The names of one shape of object, in the order in which they came, and as JSON writes them, in theirs. */
interface Shape {
  names: readonly string[];
  sorted: ReadonlyArray<{ name: string; text: string }>;
}

/**
 * Shapes met before, by the number of their names: the model's own few, met with every line that is hashed. Those that callers make up soon
 * find no room.
 */
const shapes: Shape[][] = [];
const shapesOfOneSize = 8;
/** Characters that JSON writes as they are. */
const plain = /^[ !#-[\]-~]*$/;

/** A text as JSON writes it. */
export const jsonText = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value));
const areSame = (one: readonly string[], other: readonly string[]): boolean => one.every((name, index) => name === other[index]);

function shapeOf(value: object): Shape {
  const names = Object.keys(value);
  const alike = (shapes[names.length] ??= []);
  for (const known of alike) if (areSame(known.names, names)) return known;
  const shape = { names, sorted: names.toSorted().map((name) => ({ name, text: `${JSON.stringify(name)}:` })) };
  if (alike.length < shapesOfOneSize) alike.push(shape);
  return shape;
}

/** JSON with sorted keys: the same value always gives the same text, whatever store it went through. */
export function canonicalJson(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return jsonText(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  for (const { name, text: nameText } of shapeOf(value).sorted) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) text += `${text === '' ? '{' : ','}${nameText}${canonicalJson(field)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}
