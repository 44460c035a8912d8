import type { StopLanguage } from "../stop-language.ts";

export const pl: StopLanguage = {
  code: "pl",
  stop: [
    "wypisz",
    "wypisz mnie",
    "wypisuję się",
    "rezygnuję",
    "rezygnacja",
    "nie pisz",
    "nie piszcie",
    "nie piszcie do mnie",
    "koniec wiadomości",
    "przestań",
    "przestańcie",
    "usuń mnie",
    "usuńcie mnie",
    "nie chcę wiadomości",
    "nie chcę więcej wiadomości",
    "zatrzymaj",
    "wypis",
  ],
  typedStop: ["anuluj"],
  start: ["wznów", "zapisz", "zapisz mnie"],
  polite: ["proszę", "dziękuję", "dzięki", "dzień dobry", "cześć"],
  stopped: "Nie otrzymasz tu już od nas wiadomości. Napisz START, aby znów je otrzymywać.",
  started: "Witamy ponownie: znów będziesz otrzymywać nasze wiadomości. Napisz STOP, aby je zakończyć.",
};
