import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

export type ReadParameter = (name: string, itemIndex: number) => unknown;

const hasExpression = (raw: unknown): boolean =>
  typeof raw === 'string' ? raw.startsWith('=') : typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);

/** The expression that dragging a field into a parameter makes: `{{ $json.phone }}` or `{{ $json['Phone number'] }}`. */
const fieldExpression = /^=\{\{\s*\$json(?:\.([A-Za-z_]\w*)|\[(["'])([^"'\\]+)\2\])\s*\}\}$/;

const fieldOf = (raw: unknown): string | undefined => {
  const match = typeof raw === 'string' ? fieldExpression.exec(raw) : null;
  return match?.[1] ?? match?.[3];
};

/**
 * Reads parameters for many items. One without an expression is read once, not 10,000 times; one that names a field of the item takes it
 * from there, since n8n needs a second for 10,000 expressions; every other one is n8n's to evaluate. In a tool `$json` is the agent's item
 * and not the tool's, so there no field is taken.
 */
export const parameterReader = (context: IExecuteFunctions, items: INodeExecutionData[], asTool: boolean): ReadParameter => {
  const readers = new Map<string, (itemIndex: number) => unknown>();
  const readerOf = (name: string): ((itemIndex: number) => unknown) => {
    const raw: unknown = context.getNodeParameter(name, 0, null, { rawExpressions: true });
    const field = asTool ? undefined : fieldOf(raw);
    if (field !== undefined) return (itemIndex) => ownField(items[itemIndex], field);
    if (hasExpression(raw)) return (itemIndex) => context.getNodeParameter(name, itemIndex, null);
    const value: unknown = context.getNodeParameter(name, 0, null);
    return () => value;
  };
  return (name, itemIndex) => {
    const reader = readers.get(name) ?? readerOf(name);
    readers.set(name, reader);
    return reader(itemIndex);
  };
};

const ownField = (item: INodeExecutionData | undefined, field: string): unknown => (item && Object.hasOwn(item.json, field) ? item.json[field] : undefined);
