/** Characters of a message that are read. What comes after them is no opt-out: WhatsApp allows 4,096, an SMS of ten parts has 1,530. */
export const longestText = 4_096;
/** Characters of a button's text or payload. */
export const longestButton = 256;
