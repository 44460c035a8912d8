type Words = { title: string; ask: string; button: string; doneTitle: string; done: string };

const words = {
  en: {
    title: "Unsubscribe",
    ask: "Do you want no more marketing mails from {name}?",
    button: "Unsubscribe",
    doneTitle: "You are unsubscribed",
    done: "{name} sends you no more marketing mails. Mails about your own questions and visits still reach you.",
  },
  es: {
    title: "Cancelar la suscripción",
    ask: "¿No quiere recibir más correos publicitarios de {name}?",
    button: "Cancelar la suscripción",
    doneTitle: "Su suscripción está cancelada",
    done: "{name} no le enviará más correos publicitarios. Los correos sobre sus propias preguntas y citas le seguirán llegando.",
  },
  pt: {
    title: "Cancelar a inscrição",
    ask: "Não quer receber mais e-mails publicitários de {name}?",
    button: "Cancelar a inscrição",
    doneTitle: "A sua inscrição foi cancelada",
    done: "{name} não enviará mais e-mails publicitários. Os e-mails sobre as suas perguntas e consultas continuam a chegar.",
  },
  hi: {
    title: "सदस्यता समाप्त करें",
    ask: "क्या आप {name} से और प्रचार ई-मेल नहीं चाहते?",
    button: "सदस्यता समाप्त करें",
    doneTitle: "आपकी सदस्यता समाप्त हो गई है",
    done: "{name} आपको और प्रचार ई-मेल नहीं भेजेगा। आपके सवालों और मुलाकातों के बारे में ई-मेल आते रहेंगे।",
  },
  de: {
    title: "Abmelden",
    ask: "Möchten Sie keine Werbemails von {name} mehr erhalten?",
    button: "Abmelden",
    doneTitle: "Sie sind abgemeldet",
    done: "{name} schickt Ihnen keine Werbemails mehr. Mails zu Ihren Fragen und Terminen erreichen Sie weiterhin.",
  },
  fr: {
    title: "Se désabonner",
    ask: "Ne souhaitez-vous plus recevoir d’e-mails publicitaires de {name} ?",
    button: "Se désabonner",
    doneTitle: "Vous êtes désabonné",
    done: "{name} ne vous enverra plus d’e-mails publicitaires. Les e-mails concernant vos questions et vos rendez-vous vous parviendront toujours.",
  },
} as const satisfies Record<string, Words>;

type Language = keyof typeof words;

function isSpoken(language: string): language is Language {
  return Object.hasOwn(words, language);
}

/** What the page says, in the company's language where it is one of the six, else in English. */
export function unsubscribeWords(locale: string): Words & { language: string } {
  const [asked = ""] = locale.toLowerCase().split(/[-_]/);
  const language = isSpoken(asked) ? asked : "en";
  return { ...words[language], language };
}
