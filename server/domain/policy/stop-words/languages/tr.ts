import type { StopLanguage } from "../stop-language.ts";

export const tr: StopLanguage = {
  code: "tr",
  stop: [
    "durdur",
    "durdurun",
    "çık",
    "çıkış",
    "abonelikten çık",
    "mesaj istemiyorum",
    "mesaj atmayın",
    "bana mesaj atmayın",
    "artık yazmayın",
    "listeden çıkar",
    "beni listeden çıkarın",
    "üyelikten çık",
    "mesaj göndermeyin",
    "stop yaz",
  ],
  localStop: ["dur", "ret"],
  typedStop: ["iptal"],
  start: ["başla", "başlat", "devam", "abone ol"],
  polite: ["lütfen", "teşekkürler", "teşekkür ederim", "merhaba", "sağolun"],
  stopped: "Artık buradan bizden mesaj almayacaksınız. Yeniden almak için START yazın.",
  started: "Tekrar hoş geldiniz: mesajlarımızı yeniden alacaksınız. Durdurmak için istediğiniz zaman STOP yazın.",
};
