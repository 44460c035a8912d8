import { german } from "./de.ts";
import { english } from "./en.ts";
import { spanish } from "./es.ts";
import { french } from "./fr.ts";
import { hindi } from "./hi.ts";
import type { LanguageRules } from "./language-rules.ts";
import { portuguese } from "./pt.ts";

/** Where two languages give a word another meaning and none is recognised, the earlier one wins ("mil": 1,000, not a million). */
export const languages: LanguageRules[] = [spanish, portuguese, english, hindi, german, french];
