import type { StopLanguage } from "../stop-language.ts";

export const ro: StopLanguage = {
  code: "ro",
  stop: [
    "dezabonare",
    "dezabonați-mă",
    "dezabonează-mă",
    "mă dezabonez",
    "opriți",
    "oprește",
    "opriți mesajele",
    "nu mai scrieți",
    "nu-mi mai scrieți",
    "fără mesaje",
    "nu mai trimiteți mesaje",
    "nu mai vreau mesaje",
    "scoateți-mă din listă",
    "renunț",
  ],
  typedStop: ["anulare"],
  start: ["abonare", "reia", "pornește", "începe"],
  polite: ["vă rog", "te rog", "mulțumesc", "mersi", "bună ziua"],
  stopped: "Nu veți mai primi mesaje de la noi aici. Scrieți START pentru a le primi din nou.",
  started: "Bine ați revenit: veți primi din nou mesajele noastre. Scrieți STOP oricând pentru a le opri.",
};
