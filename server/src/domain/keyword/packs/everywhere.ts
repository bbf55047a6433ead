/** Words that act whatever languages a list has: carriers and providers know them in every country, and messages of all languages name them. */
export const everywhere = {
  optOut: ['stop', 'stop all', 'unsubscribe'],
  optIn: ['unstop'],
} as const;
