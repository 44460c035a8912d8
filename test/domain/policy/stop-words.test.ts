import { describe, expect, test } from "vitest";
import { confirmationText } from "../../../server/domain/policy/stop-words/confirmation-text.ts";
import { readStopWord } from "../../../server/domain/policy/stop-words/read-stop-word.ts";
import { isSpokenBy, unknownSpeaker } from "../../../server/domain/policy/stop-words/spoken-languages.ts";
import { stopLanguages } from "../../../server/domain/policy/stop-words/stop-languages.ts";

const stops: Record<string, string[]> = {
  en: [
    "STOP",
    "stop",
    "Stop.",
    "  STOP!!! ",
    "🛑 stop 🛑",
    "“Stop”",
    "ＳＴＯＰ",
    "STOPALL",
    "Unsubscribe",
    "Opt-out",
    "OPTOUT",
    "revoke",
    "CANCEL",
    "end",
    "quit",
    "stop please",
    "Please stop!",
    "pls stop 🙏",
    "STOP, thank you",
    "Don't message me",
    "don’t text me",
    "remove me",
    "Stop promotions",
    "stop messages",
    "stop sending messages",
    "s\u200dtop",
    "STOP STOP",
    "stop, stop, STOP!!!",
    "please stop stop",
    "Do not message me again",
    "Don’t message me anymore",
    "dont text me again please",
    "never contact me again",
    "Don't send me any more messages",
    "I don't want any more messages",
    "stop bothering me",
  ],
  es: [
    "BAJA",
    "baja por favor",
    "Parar",
    "darme de baja",
    "SALIR",
    "No más mensajes",
    "¡Paren ya!",
    "Basta",
    "BAJA BAJA",
    "No me escriban nunca más",
    "no vuelvan a escribirme",
    "ya no quiero recibir más mensajes",
  ],
  pt: [
    "SAIR",
    "sair, por favor",
    "Parar",
    "PARE",
    "Não quero mais mensagens",
    "descadastrar",
    "Chega!",
    "Remover",
    "sair sair",
    "Não me mande mais nada",
    "nunca mais me mande mensagem",
    "pare de me enviar mensagens",
  ],
  fr: [
    "ARRÊT",
    "arret",
    "Arrêtez svp",
    "ARRÊTER",
    "Se désabonner".replace("Se ", "me "),
    "plus de messages",
    "arrêtez, s’il vous plaît",
    "ARRÊT ARRÊT",
    "Ne m'écrivez plus jamais",
    "je ne veux plus recevoir de messages",
    "laissez-moi tranquille",
  ],
  de: [
    "Stopp",
    "STOP bitte",
    "Abmelden",
    "Bitte abmelden",
    "keine Nachrichten mehr",
    "Aufhören!",
    "Ich möchte mich abmelden",
    "Stopp Stopp",
    "Schreiben Sie mir nie wieder",
    "Bitte schicken Sie mir keine Nachrichten mehr",
    "Lassen Sie mich in Ruhe",
  ],
  it: ["basta", "Disiscrivimi", "cancellami per favore", "Basta messaggi"],
  nl: ["Afmelden", "stoppen aub", "Uitschrijven alstublieft", "geen berichten meer"],
  hi: [
    "रोकें",
    "कृपया रोकें",
    "बंद करो",
    "बंद",
    "band karo",
    "message mat bhejo",
    "स्टॉप",
    "बंद करो बंद करो",
    "मुझे दोबारा मैसेज मत भेजो",
    "mujhe dobara message mat bhejo",
    "mujhe message nahi chahiye",
  ],
  id: ["Berhenti", "tolong berhenti", "KELUAR", "jangan kirim pesan lagi"],
  tr: ["DUR", "RET", "lütfen dur", "Çıkış", "Lütfen durdur", "İPTAL", "mesaj istemiyorum"],
  ar: ["توقف", "إيقاف", "الغاء الاشتراك", "توقف من فضلك", "تَوَقَّف"],
  ru: ["СТОП", "стоп пожалуйста", "Отписаться", "Не пишите мне", "Хватит!"],
  pl: ["WYPISZ", "Proszę wypisz mnie", "Rezygnuję", "nie piszcie do mnie", "usun mnie"],
  ro: ["Dezabonare", "opriți vă rog", "OPRITI", "nu-mi mai scrieți"],
  vi: ["Dừng", "dừng lại", "Hủy đăng ký", "HUY DANG KY", "ngừng", "vui lòng dừng", "Hủy", "huỷ", "hủy giúp tôi"],
  th: ["หยุด", "กรุณาหยุด", "ยกเลิก", "หยุดส่งครับ", "เลิกรับข้อความ"],
  zh: ["停止", "退订", "请停止", "取消订阅。", "退訂", "不要再发"],
  ja: ["停止", "配信停止", "配信停止お願いします", "ストップ", "ｽﾄｯﾌﾟ", "やめてください。", "解除", "解除お願いします"],
  ko: ["중지", "수신거부", "그만 보내세요", "수신거부 부탁합니다", "정지!"],
  sw: ["ACHA", "tafadhali acha", "Simamisha", "jiondoe"],
};

const nobody = unknownSpeaker;

const harmless = [
  "stop by tomorrow?",
  "cancel my 3 pm appointment",
  "no",
  "No thanks",
  "nope",
  "don't stop",
  "non-stop flight",
  "I can't stop by today",
  "where is the bus stop",
  "the end",
  "end of month?",
  "quit my job",
  "cancelled?",
  "Please cancel my order 123",
  "unstoppable",
  "stopped working",
  "can you stop the subscription of my brother please",
  "please stop by our office at noon",
  "please",
  "thanks",
  "ok",
  "",
  "🛑",
  "👍",
  "?",
  "1",
  "stop 5",
  "full stop",
  "we want to unsubscribe our old number and add a new one",
  "para mañana",
  "bajar el precio",
  "la baja temporada",
  "¿cuánto baja?",
  "salgo a las 3",
  "no puedo parar hoy",
  "sair às 8",
  "pare aqui amanhã?",
  "quero sair com vocês amanhã",
  "arrêt de bus",
  "je m'arrête demain",
  "Abmeldung beim Amt?",
  "die Haltestelle stoppt nicht",
  "Kündigungsfrist?",
  "đúng",
  "Đúng rồi",
  "dung",
  "huy",
  "Huy ơi",
  "停车场在哪里",
  "停电了吗",
  "不用停止",
  "중지된 주문 있나요",
  "그만큼 주세요",
  "हाँ",
  "ठीक है",
  "Дуров",
  "не надо",
  "nie",
  "ja",
  "da",
  "hayır",
  "durum nedir",
  "tidak",
  "لا",
  "شكرا",
  "hapana",
  "いいえ",
  "停止線はどこ",
  "ไม่",
  "ไม่หยุด",
  "nee",
  "不要です",
  "不要です。ありがとうございます",
  "basta pasta ristorante",
  "x".repeat(5_000),
  "stop ".repeat(30),
];

describe.each(Object.entries(stops))("stop words of %s", (language, texts) => {
  test.each(texts)("%s", (text) => {
    const said = readStopWord(text);
    expect(said?.action).toBe("stop");
    expect(said && isSpokenBy(said, { ...nobody, ofPerson: language })).toBe(true);
  });

  test("our answers are there, and name the way back", () => {
    expect(confirmationText("stop", [language])).toContain("START");
    expect(confirmationText("start", [language])).toContain("STOP");
  });
});

test("twenty languages are spoken", () => {
  expect(Object.keys(stops).toSorted()).toEqual(stopLanguages.map(({ code }) => code).toSorted());
  expect(stopLanguages).toHaveLength(20);
});

test.each(harmless)("says nothing about consent: %s", (text) => {
  expect(readStopWord(text)?.action ?? null).not.toBe("stop");
});

test.each(["START", "start", "Unstop", "YES", "Yes please", "alta", "старт", "開始"])("%s comes back", (text) => {
  expect(readStopWord(text)?.action).toBe("start");
});

// "Okay" in Hindi, "hard" in French, "mate" in Filipino: a stop only from who may mean it.
const local: [text: string, language: string, there: string[], elsewhere: string[]][] = [
  ["Acha", "sw", ["KE", "TZ", "UG", "CD"], ["IN", "PK", "NP", "US"]],
  ["acha ji", "sw", ["KE"], ["IN"]],
  ["ji acha", "sw", ["KE"], ["IN"]],
  ["acha bhai", "sw", ["KE"], ["IN"]],
  ["acha thank you", "sw", ["TZ"], ["IN"]],
  ["simama", "sw", ["KE"], ["IN"]],
  ["解除", "ja", ["JP"], ["CN", "TW"]],
  ["Remover", "pt", ["BR", "PT", "AO"], ["MX", "US"]],
  ["pare", "pt", ["BR"], ["PH", "RS"]],
  ["pare", "es", ["MX", "US"], ["PH"]],
  ["ret", "tr", ["TR"], ["DK"]],
  ["dur", "tr", ["TR", "CY"], ["FR"]],
];

describe.each(local)("%s is a stop of %s", (text, language, there, elsewhere) => {
  const said = readStopWord(text);

  test("from who speaks it", () => {
    expect(said?.isLocal).toBe(true);
    for (const speaker of [{ ofPerson: language }, { ofPerson: `${language}-XX` }, { ofConversation: language }])
      expect(said && isSpokenBy(said, { ...nobody, ...speaker }), JSON.stringify(speaker)).toBe(true);
    for (const country of there) expect(said && isSpokenBy(said, { ...nobody, country }), country).toBe(true);
  });

  test("from nobody else", () => {
    expect(said && isSpokenBy(said, nobody)).toBe(false);
    for (const country of elsewhere)
      expect(said && isSpokenBy(said, { ...nobody, country, ofPerson: "hi", ofCompany: language }), country).toBe(
        false,
      );
  });
});

test.each(["STOP", "BAJA", "acheni", "Sitisha", "durdur", "sair", "配信停止", "登録解除", "hủy đăng ký"])(
  "%s is a stop from everybody",
  (text) => {
    const said = readStopWord(text);
    expect(said && isSpokenBy(said, { ...nobody, country: "IN" })).toBe(true);
  },
);

test("a button called Hủy cancels something else", () => {
  expect(readStopWord("Hủy", "button")).toBeNull();
});

test("a button called Cancel cancels something else, one called Stop promotions does not", () => {
  expect(readStopWord("Cancel", "button")).toBeNull();
  expect(readStopWord("Cancelar", "button")).toBeNull();
  expect(readStopWord("Stop promotions", "button")?.action).toBe("stop");
});

test("the word tells the language where only one has it", () => {
  expect(readStopWord("BAJA")?.language).toBe("es");
  expect(readStopWord("SAIR")?.language).toBe("pt");
  expect(readStopWord("stop")?.language).toBeNull();
});

test("the confirmation is in the first language that is spoken here", () => {
  expect(confirmationText("stop", [null, "xx", "pt-BR"])).toContain("mensagens");
  expect(confirmationText("stop", [])).toContain("Write START");
});
