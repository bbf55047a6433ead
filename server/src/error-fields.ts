/** What may be logged of an error that nobody foresaw: never its message, which might hold an address. */
export function errorFields(error: unknown): { name: string; code?: unknown; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const frames = (error.stack ?? '').replace(`${error.name}: ${error.message}`, '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, ...('code' in error ? { code: error.code } : {}), frames };
}
