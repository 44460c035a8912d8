import { describeSentences } from "./sentence-table.ts";

const anita = { name: "अनीता शर्मा", firstName: "अनीता", lastName: "शर्मा" };
const rahul = { name: "Rahul Verma", firstName: "Rahul", lastName: "Verma" };

describeSentences("Hindi", [
  [
    "नमस्ते, मेरा नाम अनीता शर्मा है, मुझे क्लिनिक के लिए सॉफ्टवेयर चाहिए, बजट ₹2 लाख",
    { ...anita, need: "क्लिनिक के लिए सॉफ्टवेयर", budget: { amount: "200000", currency: "INR" } },
    "",
  ],
  ["मैं अनीता शर्मा बोल रही हूँ", anita, ""],
  ["मेरी कंपनी का नाम सूर्या टेक है", { company: "सूर्या टेक" }, ""],
  [
    "नाम: अनीता शर्मा\nकंपनी: सूर्या टेक\nईमेल: anita@surya.example\nफ़ोन: +91 98765 43210",
    { ...anita, company: "सूर्या टेक", email: "anita@surya.example", phone: "+919876543210" },
    "",
  ],
  ["हमारा बजट ५० हज़ार रुपये है", { budget: { amount: "50000", currency: "INR" } }, ""],
  ["इसकी कीमत क्या है?", {}, "pricing"],
  ["यह कितने का है?", {}, "pricing"],
  ["मुझे डेमो चाहिए", { need: "डेमो" }, "demo"],
  ["मुझे खरीदना है", {}, "buy"],
  ["कृपया ब्रोशर भेजिए", {}, "resources"],
  ["मुझे किसी इंसान से बात करनी है, तुरंत", {}, "human urgent"],
  ["मुझे डेमो नहीं चाहिए", {}, ""],
  ["मैं ठीक हूँ", {}, ""],
  ["मैं दिल्ली से हूँ", {}, ""],
  ["मुझे कुछ नहीं चाहिए", {}, ""],
  ["धन्यवाद जी", {}, ""],
]);

describeSentences("Hindi in Latin letters", [
  [
    "mera naam rahul verma hai, mujhe crm chahiye, budget 1,50,000 INR",
    { ...rahul, need: "crm", budget: { amount: "150000", currency: "INR" } },
    "",
  ],
  [
    "Mera naam Rahul Verma hai aur main Sharma Traders mein kaam karta hoon",
    { ...rahul, company: "Sharma Traders" },
    "",
  ],
  ["main Rahul Verma bol raha hoon", rahul, ""],
  ["Rahul Verma this side", rahul, ""],
  ["meri company ka naam Surya Tech hai", { company: "Surya Tech" }, ""],
  ["hamara budget 2.5 lakh hai", { budget: { amount: "250000" } }, ""],
  ["budget Rs. 50,000 tak hai", { budget: { amount: "50000", currency: "INR" } }, ""],
  ["iska price kya hai, kitne ka hai?", {}, "pricing"],
  ["demo dikhao please", {}, "demo"],
  ["mujhe yeh kharidna hai", {}, "buy"],
  ["payment kaise karna hai?", {}, "buy"],
  ["catalogue bhejo", {}, "resources"],
  ["kisi insaan se baat karni hai, bahut urgent hai", {}, "human urgent"],
  ["humein appointment software chahiye", { need: "appointment software" }, ""],
  ["mujhe demo nahi chahiye", {}, ""],
  ["main theek hoon", {}, ""],
  ["main Delhi se hoon", {}, ""],
  ["abhi kharidna nahi hai", {}, ""],
  ["mujhe kuch nahi chahiye", {}, ""],
  ["haan ji theek hai", {}, ""],
  [
    "मैं प्रिया सिंह हूँ, सिंह एंटरप्राइजेज से",
    { name: "प्रिया सिंह", firstName: "प्रिया", lastName: "सिंह", company: "सिंह एंटरप्राइजेज" },
    "",
  ],
  ["main Verma Traders se hoon", { company: "Verma Traders" }, ""],
  ["Main Rahul Verma hoon, Verma Traders se", { ...rahul, company: "Verma Traders" }, ""],
  ["मैं बहुत परेशान हूँ", {}, ""],
  ["मैं सुबह से हूँ", {}, ""],
  ["मैं प्रिया नहीं हूँ", {}, ""],
  ["main Rampur Gaon se hoon", {}, ""],
  ["main Sales Manager hoon", { position: "Sales Manager" }, ""],
  ["Verma Traders se maal aaya", {}, ""],
  ["Main Street", {}, ""],
]);
