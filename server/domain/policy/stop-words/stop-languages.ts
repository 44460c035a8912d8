import { ar } from "./languages/ar.ts";
import { de } from "./languages/de.ts";
import { en } from "./languages/en.ts";
import { es } from "./languages/es.ts";
import { fr } from "./languages/fr.ts";
import { hi } from "./languages/hi.ts";
import { id } from "./languages/id.ts";
import { it } from "./languages/it.ts";
import { ja } from "./languages/ja.ts";
import { ko } from "./languages/ko.ts";
import { nl } from "./languages/nl.ts";
import { pl } from "./languages/pl.ts";
import { pt } from "./languages/pt.ts";
import { ro } from "./languages/ro.ts";
import { ru } from "./languages/ru.ts";
import { sw } from "./languages/sw.ts";
import { th } from "./languages/th.ts";
import { tr } from "./languages/tr.ts";
import { vi } from "./languages/vi.ts";
import { zh } from "./languages/zh.ts";
import type { StopLanguage } from "./stop-language.ts";

/** English first: it answers where no other language is known. */
export const stopLanguages: readonly StopLanguage[] = [
  en,
  es,
  pt,
  fr,
  de,
  it,
  nl,
  hi,
  id,
  tr,
  ar,
  ru,
  pl,
  ro,
  vi,
  th,
  zh,
  ja,
  ko,
  sw,
];
