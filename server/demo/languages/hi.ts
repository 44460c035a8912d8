import type { DemoLanguage } from "../demo-language.ts";

export const hindi: DemoLanguage = {
  code: "hi",
  country: "IN",
  phonePrefix: "+9190000001",
  phoneDigits: 2,
  firstNames: ["Ishaan", "Tanvi", "Rohan", "Kavya", "Devika", "Aditya", "Meher", "Vihaan", "Nandini", "Kabir"],
  lastNames: ["Bhatnagar", "Chaturvedi", "Deshmukh", "Kulshreshtha", "Malhotra", "Trivedi", "Saxena", "Wadhwa"],
  companies: ["Sanjeevani Dental", "Navjeevan Clinic", "Drishti Eye Care", "Aarogya Physio", "Shanti Polyclinic"],
  positions: ["Manager", "Owner", "Doctor", "Front Desk Lead", "Administrator"],
  days: ["मंगलवार", "गुरुवार", "शुक्रवार सुबह"],
  currency: "INR",
  dialogues: [
    {
      kind: "software",
      first: [
        ["in", "नमस्ते, मैं {company} से {first} बोल रहा हूँ। हमें अपॉइंटमेंट के लिए सॉफ्टवेयर चाहिए।"],
        ["out", "नमस्ते {first} जी! हफ़्ते में लगभग कितने मरीज़ आते हैं?"],
        ["in", "करीब 300। सब WhatsApp पर ही लिखते हैं।"],
        ["out", "हमारा सिस्टम सारी बातचीत, अपॉइंटमेंट और काम एक जगह रखता है।"],
        ["in", "इसकी कीमत क्या है?"],
        ["out", "आपके लिए {price} प्रति माह, सेटअप शामिल है।"],
        ["in", "क्या आप डेमो दिखा सकते हैं?"],
        ["out", "ज़रूर! {day} को ठीक रहेगा?"],
        ["in", "हाँ, {day} को ग्यारह बजे।"],
        ["out", "धन्यवाद, मैं लिंक भेज देती हूँ।"],
      ],
      later: [
        ["out", "नमस्ते {first} जी, प्रस्ताव आपके ईमेल पर भेज दिया है।"],
        ["in", "मिल गया, धन्यवाद। टीम से बात करके बताता हूँ।"],
        ["out", "कोई सवाल हो तो यहीं लिखिए।"],
        ["in", "ठीक है 👍"],
      ],
    },
    {
      kind: "clinic",
      first: [
        ["in", "Namaste, mujhe dental check-up ka appointment chahiye."],
        ["out", "Namaste {first} ji! Kal 11 baje ya shaam 5 baje, kaunsa theek rahega?"],
        ["in", "Shaam 5 baje. Kitna charge hoga? Price bata dijiye."],
        ["out", "Check-up aur cleaning ka {price} hai."],
        ["in", "Theek hai, book kar dijiye."],
        ["out", "Ho gaya! Ek din pehle reminder aayega."],
        ["in", "Dhanyavaad!"],
      ],
      later: [
        ["out", "Namaste {first} ji, visit ke baad sab theek hai?"],
        ["in", "Haan ji, bilkul. Bahut accha laga."],
        ["out", "Bahut accha! Chhe mahine baad ka check-up likh dein?"],
        ["in", "Ji haan."],
      ],
    },
    {
      kind: "software",
      first: [
        ["in", "Hello, kya aap chhote clinic ke saath bhi kaam karte hain?"],
        ["out", "Ji haan {first} ji! Starter plan {price} per month ka hai."],
        ["in", "Brochure bhej dijiye please."],
        ["out", "Yeh lijiye. Padhkar bataiyega."],
        ["in", "Ok"],
      ],
      later: [
        ["out", "{first} ji, brochure dekh paaye?"],
        ["in", "Abhi nahi, agle mahine baat karte hain."],
      ],
    },
  ],
};
