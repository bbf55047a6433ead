/**
 * Why an address could not be read: each code with what is wrong and what to do next. The sentences never contain the address.
 * docs/reference/addresses.md lists exactly these codes: a test compares them.
 */
export const addressProblems = {
  empty: 'There is no address. Fill in a phone number, an e-mail address or the id of a channel.',
  not_text: 'The address is not text. Send it as a string.',
  lossy_number: 'The number has lost digits on its way. Send it as text, in quotes, and check the source it came from.',
  too_long: 'This is too long for one address. Send one address, and nothing around it.',
  many: 'There is more than one address in this text. Send each one as an item of its own.',
  group: 'This is a group, a channel or a broadcast, not a person. Send the id of one person.',
  short_code: 'This is too short for a phone number; short codes are not people. Send the whole number with its country code.',
  not_a_phone: 'This is not a phone number. Send a number such as +14155552671, or name the kind and the channel of this address.',
  not_global: 'This number has a meaning only inside one phone system. Send it with its country code.',
  letters: 'A phone number has no letters. Send its digits, or name the kind and the channel if this is the id of a channel.',
  bad_characters: 'There are characters in the phone number that do not belong there. Send a plus, the country code and the digits.',
  scientific_notation: 'A spreadsheet has shortened this number and digits are lost. Format the column as text and export it again.',
  national_format_needs_country: 'This is a national number, and its country is not known. Set the default country, or send the number with its country code.',
  unknown_country: 'The default country is not known. Use its two ISO letters, such as BR.',
  unknown_country_code: 'No country has this country code. Check the first digits, or declare the digits national and set the default country.',
  not_possible: 'No phone number of this country has this length. Check for missing or extra digits.',
  ambiguous: 'The prefix of this number can be read in two ways. Send the number with a plus and its country code.',
  syntax: 'This does not read as an e-mail address. Send one address of the form name@example.com.',
  domain: 'The part after the @ is not a mail domain. Check it for missing dots, spaces and typing errors.',
  local_too_long: 'The part before the @ is longer than the 64 bytes that mail allows. Check the address.',
  handle_needs_channel: 'The id alone does not tell which channel it belongs to. Name the channel.',
  handle_format: 'This is not the form that ids of this channel have. Send the id as the channel delivers it, not a user name or a link.',
  no_handles: 'This channel has no ids of its own. Send a phone number or an e-mail address.',
  bad_channel: 'This is not a channel name. Use lower-case letters, digits, _ and -, beginning with a letter.',
} as const;

export type AddressProblemCode = keyof typeof addressProblems;
