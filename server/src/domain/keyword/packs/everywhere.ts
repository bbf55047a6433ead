/** Words that act whatever language a list has, as long as it has one: carriers and providers know them in every country, and messages of all languages name them. */
export const everywhere = {
  optOut: ['stop', 'stop all', 'unsubscribe'],
  optIn: ['unstop'],
} as const;
