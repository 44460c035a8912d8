import type { StopLanguage } from "../stop-language.ts";

export const sw: StopLanguage = {
  code: "sw",
  stop: [
    "simamisha",
    "komesha",
    "sitisha",
    "acheni",
    "ondoa",
    "niondoe",
    "jiondoe",
    "usinitumie ujumbe",
    "msinitumie ujumbe",
    "acha kutuma ujumbe",
    "jiondoe kwenye orodha",
    "sitaki ujumbe",
  ],
  localStop: ["acha", "simama"],
  typedStop: ["ghairi"],
  start: ["anza", "endelea", "jiunge"],
  polite: ["tafadhali", "asante", "habari", "jambo", "samahani"],
  stopped: "Hutapokea ujumbe mwingine kutoka kwetu hapa. Andika START ili upokee tena.",
  started: "Karibu tena: utapokea ujumbe wetu tena. Andika STOP wakati wowote kusitisha.",
};
