/** Why one item of a bulk write was not done, beside the problems of its address (`address-problems.ts`). */
export const itemProblems = {
  missing_address: 'Give one address, or the addresses of one person, and not both.',
  expiry_in_the_past: 'The expiry is in the past or no real day. Give a later instant, or none.',
  block_has_no_list: 'A block belongs to no list. Leave the list out, or add an opt-out.',
  sender_of_other_channel: 'This sender belongs to another channel. Leave the channel out, or name the sender’s own.',
} as const;

export type ItemProblemCode = keyof typeof itemProblems;
