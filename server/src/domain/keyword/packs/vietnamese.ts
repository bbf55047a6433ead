import type { LanguagePack } from '../pack.ts';

/**
 * Read: “TC” and “HUY” are the forms of Vietnamese operators (soạn TC gửi …). The other words are ours and await a native reader.
 * “Dừng” (stop) is left out: without its accent it is “đúng” (right).
 */
export const vietnamese: LanguagePack = {
  optOut: [
    'hủy đăng ký', 'hủy dịch vụ', 'hủy nhận tin', 'ngừng nhận tin', 'ngừng', 'dừng lại', 'ngừng lại', 'dừng nhận tin', 'từ chối nhận tin', 'từ chối', 'không nhận tin',
    'tc qc', 'dừng gửi', 'dừng gửi tin', 'ngừng gửi',
  ],
  optIn: ['đăng ký', 'dk'],
  help: ['trợ giúp', 'giúp đỡ', 'hướng dẫn', 'thông tin'],
  contextOptOut: ['hủy bỏ', 'kết thúc', 'thoát', 'xóa'],
  contextOptIn: ['bắt đầu', 'tiếp tục'],
  yes: ['có', 'vâng', 'dạ', 'đồng ý', 'xác nhận'],
  no: ['không', 'không cảm ơn', 'ko'],
  suspected: ['tc', 'hủy', 'đủ rồi', 'nhầm số', 'sai số', 'không quan tâm', 'đừng làm phiền', 'đừng nhắn nữa', 'đừng gọi nữa', 'spam', 'chặn', 'không cần', 'phiền quá'],
  classes: { tin: 'tin|sms|email|mail|quảng|thư|zalo', nhan: 'nhắn|gửi|gọi|liên|làm|spam|nt' },
  phrases: [
    'đừng|ngừng|thôi|không|cấm [bao|có|được|cần|muốn] [giờ] @nhan [tin|phiền|hệ|điện|quảng|thư|cho|nữa] [cho|tôi|em|mình|nữa|phiền|cáo]',
    'không|ko muốn|cần [nhận|bị|được] [nhận|thêm|tin] [tin|@tin|nữa|làm]',
    'hủy đăng|nhận|dịch|gói',
    'xóa tôi|số|tên|thông',
    'gỡ|loại tôi',
    'nhầm|sai số|người',
    'không quan tâm',
    'ngừng|dừng nhận',
    'tôi không đăng',
    'sao|đâu [có|lại] [có] số [của|điện] [tôi|thoại]',
    'làm phiền',
    'báo cáo spam',
    'đây là spam',
  ],
  footers: [
    'soạn|trả|nhắn|gửi [tin|lời] tc|huy|stop ..20',
    'để [từ|hủy|ngừng] ..4 soạn|nhắn|gửi|trả ..20',
  ],
  negators: ['đừng', 'không', 'chưa'],
  betweenNegatorAndPhrase: ['muốn', 'tôi', 'cần', 'được'],
};
