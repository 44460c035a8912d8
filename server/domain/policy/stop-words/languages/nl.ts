import type { StopLanguage } from "../stop-language.ts";

export const nl: StopLanguage = {
  code: "nl",
  stop: [
    "stoppen",
    "afmelden",
    "uitschrijven",
    "meld me af",
    "schrijf me uit",
    "ik wil me afmelden",
    "geen berichten meer",
    "niet meer sturen",
    "stuur geen berichten meer",
    "stop met berichten",
    "haal me van de lijst",
    "opzeggen",
  ],
  typedStop: ["annuleren"],
  start: ["starten", "aanmelden", "hervatten"],
  polite: ["alstublieft", "aub", "graag", "bedankt", "dank je", "dank u", "hallo", "alsjeblieft"],
  stopped: "U krijgt hier geen berichten meer van ons. Schrijf START om ze weer te ontvangen.",
  started: "Welkom terug: u krijgt onze berichten weer. Schrijf STOP om ze te beëindigen.",
};
