/** The text of a message as it can be kept: on lines, but without other control characters and half characters, which not every store takes. */
export const keptMessageText = (text: string, length: number): string =>
  text.toWellFormed().replace(/[^\P{Cc}\n]+/gu, ' ').slice(0, length).toWellFormed().trim();
