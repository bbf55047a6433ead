import type { LanguagePack } from '../pack.ts';

/** Read: no Hindi keyword list of a provider was found; “acha” (ok) must never be one. All words, in Devanagari and as typed in Latin letters, are ours and await a native reader. */
export const hindi: LanguagePack = {
  optOut: ['बंद', 'बंद करो', 'बंद करें', 'बन्द करो', 'बंद कर दो', 'रोको', 'रोकें', 'रोक दो', 'रुको', 'सदस्यता रद्द', 'सदस्यता समाप्त', 'अनसब्सक्राइब', 'स्टॉप', 'मुझे हटाओ', 'मुझे हटाएं', 'मैसेज बंद करो', 'संदेश बंद करें', 'band karo', 'band kro', 'bandh karo', 'band kar do', 'band kardo', 'message band karo', 'msg band karo', 'msg band kro', 'sms band karo', 'roko', 'rok do', 'mat bhejo', 'mat bhejna', 'message mat bhejo', 'msg mat bhejo'],
  optIn: ['सदस्यता लें', 'सब्सक्राइब'],
  help: ['मदद', 'सहायता', 'जानकारी', 'madad'],
  contextOptOut: ['रद्द', 'रद्द करें', 'समाप्त', 'हटाओ', 'हटाएं', 'बाहर', 'radd', 'hatao', 'khatam'],
  contextOptIn: ['शुरू', 'शुरू करें', 'जारी रखें', 'चालू', 'shuru', 'shuru karo', 'chalu'],
  yes: ['हाँ', 'हां', 'जी', 'जी हाँ', 'haan', 'han', 'haan ji', 'ha ji'],
  no: ['नहीं', 'नही', 'जी नहीं', 'nahi', 'nahin', 'nai'],
  suspected: ['बस', 'बस करो', 'गलत नंबर', 'रॉन्ग नंबर', 'नहीं चाहिए', 'परेशान मत करो', 'परेशान न करें', 'bas', 'bas karo', 'bas kro', 'galat number', 'wrong no', 'nahi chahiye', 'nhi chahiye', 'pareshan mat karo', 'interest nahi hai', 'interested nahi', 'not intrested', 'spam'],
  classes: { msg: 'message|messages|msg|msgs|sms|mesage|massage|mail|call|calls|phone|whatsapp', hmsg: 'मैसेज|मेसेज|संदेश|सन्देश|एसएमएस|कॉल|फोन|विज्ञापन|ईमेल|मैसेजेस', na: 'mat|mt|na|nahi|nhi' },
  phrases: ['सदस्यता रद्द|समाप्त|बंद', 'मुझे [सूची|लिस्ट|इस] [से] हटा*|निकाल*', 'मुझसे संपर्क न|मत|ना', 'मेरा|मेरी [डेटा|जानकारी|ईमेल] हटा*|मिटा*|डेटा', '@msg [aur|mujhe|karna|bhejna] @na bhejo|bhejna|bhejiye|karo|karna|kro|kijiye|kariye|bheje|bhejein', '@na bhejo|bhejna|bhejiye', 'mujhe|hame|muje [aur|ye|aap] [@msg] @na [bhejo|karo|bhejna|chahiye]', '@msg [karna|bhejna|aana] band|bandh karo|kar|kro|kijiye|karein|karna|krdo|kardo', 'band|bandh karo|kar|kro|kijiye [ye|yeh|ye|apne|do] @msg', '@msg nahi|nhi chahiye|chahie', 'mera|mere|ye number|no|naam hata*|delete|remove|nikal*', '@hmsg [भेजना|करना|मुझे] मत|न|ना|बंद [भेजो|भेजें|करो|करें|करना|भेजिए|कीजिए|कर]', 'मत|न|ना भेजो|भेजें|भेजिए|भेजना', 'मुझे [अब|और|ये] [@hmsg] नहीं|मत चाहिए|भेजो|भेजें', '@hmsg नहीं चाहिए', 'मेरा|मेरे नंबर|नाम|नम्बर हटा*|मिटा*|डिलीट', 'फोन|कॉल मत करो|करें|करना', 'गलत|ग़लत नंबर', 'galat|ghalat|wrong number|no|num', 'pareshan|pareshaan|tang @na karo|kro|karna', 'परेशान|तंग मत|न करो|करें|कीजिए', 'kahan|kaha|kidhar se mila|mera|number', 'dnd laga*|activate'],
  footers: ['reply|type|bheje|bhejein|likhe stop|band ..20'],
  negators: ['मत', 'नहीं', 'mat', 'nahi'],
  betweenNegatorAndPhrase: [],
};
