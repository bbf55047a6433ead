import type { LanguagePack } from '../pack.ts';

/** Read: Amazon Lex names “berhenti” for its stop intent in Indonesian. The other words are ours and await a native reader. */
export const indonesian: LanguagePack = {
  optOut: [
    'berhenti', 'berhenti langganan', 'berhenti berlangganan', 'stop langganan', 'batal langganan', 'unreg', 'stop sms', 'stop wa', 'hentikan', 'stop kirim pesan',
    'jangan kirim lagi', 'jangan hubungi saya', 'hapus nomor saya', 'stop promo',
  ],
  optIn: ['langganan', 'berlangganan', 'daftar', 'reg'],
  help: ['bantuan', 'tolong bantu', 'info'],
  contextOptOut: ['batal', 'batalkan', 'keluar', 'selesai', 'akhiri', 'hapus'],
  contextOptIn: ['mulai', 'lanjut', 'lanjutkan', 'gabung'],
  yes: ['ya', 'iya', 'setuju', 'benar'],
  no: ['tidak', 'tdk', 'nggak', 'gak', 'enggak', 'tidak terima kasih'],
  suspected: [
    'cukup', 'salah nomor', 'salah sambung', 'tidak tertarik', 'ga tertarik', 'gak tertarik', 'jangan ganggu', 'jangan ganggu saya', 'jangan kirim', 'tidak mau', 'spam',
    'blokir', 'sudah cukup', 'jangan chat lagi', 'jangan wa lagi',
  ],
  classes: { pesan: 'pesan|sms|wa|chat|email|promo|iklan|notifikasi|spam|penawaran|telepon|info|informasi', jangan: 'jangan|jgn|stop|berhenti|tolong|setop', kirim: 'kirim|mengirim|kirimi|kirimkan|sms|wa|chat|hubungi|menghubungi|telepon|menelepon|telpon|ganggu|mengganggu|spam|japri|email' },
  phrases: [
    '@jangan [lagi|pernah|untuk] @kirim [saya|aku|@pesan|lagi|ke] [lagi|saya|@pesan|apapun|terus]',
    'jangan|jgn [pernah] @kirim',
    'berhenti|stop|hentikan @kirim|@pesan|semua|langganan|berlangganan',
    'tidak|tak|gak|ga|nggak|enggak mau|ingin|pengen|berminat [lagi|menerima|dapat|terima|dihubungi] [menerima|@pesan|lagi|dihubungi|terima]',
    'tidak|gak|ga|nggak|kurang [lagi] tertarik|berminat',
    'hapus|hapuskan|keluarkan|buang|hilangkan email|nomor|no|nomer|saya|data|kontak|nama [saya|hp|ini|dari|telepon]',
    'salah nomor|orang|nomer|no',
    'batalkan|membatalkan|berhenti berlangganan|langganan',
    'tanpa izin|persetujuan',
    'tidak|gak|belum pernah daftar|mendaftar|berlangganan|setuju',
    'dari mana|dapat [dapat|nomor] [nomor|no] [saya]',
    'darimana dapat|tahu nomor|no',
    'laporkan|lapor|blokir [sebagai|kamu|anda|nomor] spam|kominfo',
    'ini spam',
    'jangan ganggu',
    'unreg',
  ],
  footers: [
    'balas|ketik|kirim|reply [dengan|pesan|sms|kata] [kata] stop|berhenti|unreg|batal|tidak ..20',
    'untuk [berhenti|stop|unreg|batal] ..4 balas|ketik|kirim|klik ..20',
  ],
  negators: ['jangan', 'tidak', 'jgn', 'gak', 'tak', 'belum'],
  betweenNegatorAndPhrase: ['mau', 'ingin', 'saya', 'aku', 'pernah', 'akan'],
};
