/** Text as it may stand in HTML, in an element and in an attribute alike. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
