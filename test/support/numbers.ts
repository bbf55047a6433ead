let last = 0;

/** A phone number that no other test of this file uses. */
export const freshPhone = (): string => `+1415555${String((last += 1)).padStart(4, '0')}`;

/** An e-mail address that no other test of this file uses, at a provider without rules of its own. */
export const freshEmail = (): string => `person${(last += 1)}@example.com`;
