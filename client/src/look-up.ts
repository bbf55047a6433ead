/** Looking into what came from outside, whatever it is. A property counts only where the object itself has it. */
export const get = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);

const at = (value: unknown, index: number): unknown => (Array.isArray(value) ? value[index] : undefined);

/** `dig(message, 'payload', 'entry', 0, 'changes')` */
export const dig = (value: unknown, ...path: Array<string | number>): unknown => path.reduce<unknown>((inner, step) => (typeof step === 'number' ? at(inner, step) : get(inner, step)), value);

export const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
