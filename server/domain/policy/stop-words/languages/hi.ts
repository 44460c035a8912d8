import type { StopLanguage } from "../stop-language.ts";
import { wordings } from "../wordings.ts";

export const hi: StopLanguage = {
  code: "hi",
  stop: [
    "रोकें",
    "रोको",
    "रोक दो",
    "रुकें",
    "रुको",
    "बंद करो",
    "बंद करें",
    "बंद कर दो",
    "संदेश बंद करो",
    "मैसेज बंद करो",
    "मैसेज मत भेजो",
    "संदेश मत भेजो",
    "सदस्यता रद्द करें",
    "band karo",
    "band kar do",
    "roko",
    "message band karo",
    "message mat bhejo",
    "msg mat bhejo",
    "mat bhejo",
    "स्टॉप",
    ...wordings(
      "मुझे| दोबारा|फिर|फिर_से|और|आगे_से| मैसेज|संदेश|मेसेज मत भेजो|भेजें|भेजना|भेजिए|करो|करें|करना|कीजिए",
      "मुझे| और|आपके| मैसेज|संदेश|मेसेज नहीं चाहिए",
      "mujhe| dobara|phir|phir_se|aur|aage_se| message|msg|sandesh mat bhejo|bhejiye|bhejna|karo|karna|kariye|kijiye",
      "mujhe| aur|aapke| message|messages|msg nahi|nahin chahiye",
    ),
  ],
  // On a button it says "closed".
  typedStop: ["बंद"],
  start: ["शुरू", "शुरू करें", "शुरू करो", "shuru karo", "shuru"],
  polite: ["कृपया", "प्लीज", "प्लीज़", "धन्यवाद", "जी", "kripya", "ji", "bhai", "dhanyavad"],
  stopped: "अब आपको यहाँ हमसे कोई संदेश नहीं मिलेगा। दोबारा पाने के लिए START लिखें।",
  started: "फिर से स्वागत है: अब आपको हमारे संदेश मिलेंगे। रोकने के लिए कभी भी STOP लिखें।",
};
