import type { StopLanguage } from "../stop-language.ts";

export const vi: StopLanguage = {
  code: "vi",
  stop: [
    "dừng lại",
    "ngừng nhắn tin",
    "dừng nhắn tin",
    "hủy đăng ký",
    "huỷ đăng ký",
    "đừng nhắn tin nữa",
    "đừng nhắn nữa",
    "không nhận tin nữa",
    "không nhận tin",
    "từ chối nhận tin",
    "huy dang ky",
    "tu choi nhan tin",
    "đừng gửi tin nữa",
  ],
  exactStop: ["dừng", "ngừng", "từ chối"],
  // Without its accents it is a name; on a button it cancels something else.
  exactTypedStop: ["hủy", "huỷ"],
  start: ["bắt đầu", "đăng ký", "tiếp tục"],
  polite: ["làm ơn", "xin vui lòng", "vui lòng", "cảm ơn", "xin", "giúp tôi"],
  stopped: "Bạn sẽ không nhận thêm tin nhắn từ chúng tôi ở đây. Nhắn START để nhận lại.",
  started: "Chào mừng bạn trở lại: bạn sẽ lại nhận được tin nhắn của chúng tôi. Nhắn STOP bất cứ lúc nào để dừng.",
};
