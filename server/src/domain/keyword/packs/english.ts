import type { LanguagePack } from '../pack.ts';
import { englishClasses, englishFooters, englishPhrases } from './english-phrases.ts';

/**
 * Read: 47 CFR 64.1200(a)(10) (stop, quit, end, revoke, opt out, cancel, unsubscribe); CTIA Messaging Principles 5.1; keyword lists of Twilio, AWS End User
 * Messaging (adds remove), Telnyx (stop all), Braze, Sinch, Vonage, Bandwidth; wordings quoted by Braze (fuzzy opt-out), Spoke (default expression), HCL Unica.
 * “Yes” opts nobody in and “no” nobody out, though some of these lists say so: of 55,835 chat messages 132 are one of them.
 */
export const english: LanguagePack = {
  optOut: [
    'stop', 'stop all', 'unsubscribe', 'unsubscribe me', 'unsubscribe all', 'unsub', 'unsub me', 'revoke', 'opt out', 'opt me out', 'remove me', 'stop to quit',
    'stop to end', 'stop to cancel', 'stop to unsubscribe', 'stop to opt out', 'stop to stop', 'stop 2 quit', 'stop 2 end', 'stop messages', 'stop texts', 'stop texting',
    'stop texting me', 'stop messaging me', 'stop emails', 'stop emailing me', 'take me off', 'take me off your list', 'remove me from your list',
    'remove me from this list', 'take me off this list', 'do not text', 'do not text me', 'dont text me', 'do not contact me', 'do not call me',
  ],
  optIn: ['unstop', 'subscribe', 'opt in', 'opt me in', 'resubscribe', 'subscribe me', 'resubscribe me'],
  help: ['help', 'info'],
  contextOptOut: ['end', 'quit', 'cancel', 'remove', 'end all', 'cancel all', 'quit all'],
  contextOptIn: ['start', 'continue', 'resume', 'begin', 'join', 'restart'],
  yes: ['yes', 'y', 'yep', 'yeah', 'yea', 'yup', 'sure', 'confirm', 'confirmed', 'i confirm', 'yes i do', 'yes i am'],
  no: ['no', 'n', 'nope', 'nah', 'no way', 'not now'],
  suspected: [
    'goodbye', 'good bye', 'x', 'stop it', 'quit it', 'stop this', 'stop that', 'stop you', 'stop u', 'just stop', 'ok stop', 'okay stop', 'yes stop', 'no stop',
    'stop already', 'stop sir', 'stop again', 'stop everything', 'stop forever', 'stop today', 'stop start', 'stop help', 'cancel stop', 'stop cancel', 'stop end',
    'end stop', 'stop quit', 'quit stop', 'stop remove', 'quit this', 'reply stop', 'text stop', 'txt stop', 'send stop', 'no more', 'no mas', 'no texts', 'no text',
    'no txt', 'no txts', 'no sms', 'no messages', 'no calls', 'no emails', 'no spam', 'never again', 'hell no', 'enough', 'shut up', 'go to hell', 'eat shit',
    'drop dead', 'fck off', 'fk off', 'scam', 'scammer', 'scammers', 'this is a scam', 'not interested', 'go away', 'get lost', 'f off', 'fuck off', 'piss off',
    'buzz off', 'fuck you', 'screw you', 'bug off', 'blocked', 'block me', 'spam', 'dnd', 'dnc', 'stopping', 'stopped', 'stops', 'unsubscribed', 'unsubscribing', 'exit',
    'delete', 'delete me', 'discontinue', 'cease', 'halt', 'desist', 'unfollow', 'optedout', 'opted out', 'deactivate', 'cancelled', 'canceled', 'removed', 'erase',
    'erase me', 'forget me', 'unlist', 'stpo', 'sotp', 'tsop', 'stp', 'sto', 'stip', 'srop', 'syop', 'dtop', 'stio', 'stoo', 'stpp', 'sttop', 'sstop', 'stoop', 'stap',
    'st0p', '5top', '5t0p', 'stopm', 'stopl', 'stopo', 'sropp', 'stoip', 'sotop', 'stob', 'xtop', 'ztop', 'etop', 'wtop', 'stol', 'stkp', 'stlp', 'qiut', 'qit', 'quti',
    'quir', 'canel', 'cancle', 'cancell', 'cancal', 'cacnel', 'optut', 'opotut',
  ],
  classes: englishClasses,
  phrases: englishPhrases,
  footers: englishFooters,
  negators: [
    'dont', 'donot', 'not', 'never', 'didnt', 'wont', 'cant', 'cannot', 'couldnt', 'wouldnt', 'doesnt', 'isnt', 'shouldnt', 'havent', 'wasnt', 'aint', 'dnt', 'without',
    'mustnt', 'nobody', 'neednt', 'dun', 'instead',
  ],
  betweenNegatorAndPhrase: [
    'to', 'want', 'wanna', 'wanted', 'please', 'pls', 'ever', 'need', 'needed', 'just', 'have', 'you', 'u', 'mean', 'meant', 'me', 'going', 'gonna', 'go', 'wish',
    'intend', 'trying', 'try', 'of', 'like', 'let', 'them', 'even', 'actually', 'really', 'think', 'should', 'will', 'be', 'plan', 'ask', 'asked', 'asking', 'say', 'yet',
    'dare', 'still', 'get', 'do', 'choose', 'click', 'press', 'accidentally',
  ],
};
