/** A text of the catalogue, also where no node is at hand. */
export const text = (key: string, values?: Record<string, unknown>): string => RED._(`@quietlist/node-red/quietlist:${key}`, values);
