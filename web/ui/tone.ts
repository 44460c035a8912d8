/** How a word is meant; the word itself carries the meaning. */
export type Tone = "quiet" | "good" | "warn" | "bad";
