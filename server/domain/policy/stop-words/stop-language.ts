/** What people of one language write to leave, to come back, and how we answer. All words are compared folded, as whole messages. */
export type StopLanguage = {
  code: string;
  stop: string[];
  /** Words that also mean something else on a button ("Cancel"): only counted when typed. */
  typedStop?: string[];
  /** Words that mean something else in other languages ("acha" is "okay" in Hindi): only counted from who speaks this one. */
  localStop?: string[];
  /** Compared with their accents, because without them they are another word (Vietnamese "đúng" is "right"). */
  exactStop?: string[];
  exactTypedStop?: string[];
  start: string[];
  /** Said around a stop word without changing it: "stop please". */
  polite: string[];
  stopped: string;
  started: string;
};
