import { describe, expect, test } from "vitest";
import { readIntents } from "../../../server/domain/intake/read-intents.ts";
import { type Profile, readProfile } from "../../../server/domain/intake/read-profile.ts";

export type Sentence = [text: string, profile: Profile, intents: string];

/** One test a sentence: the whole profile, and exactly these intents. */
export function describeSentences(language: string, sentences: Sentence[]): void {
  describe(language, () => {
    test.each(sentences)("%s", (text, profile, intents) => {
      expect(readProfile(text)).toEqual(profile);
      const found = readIntents(text).map(({ intent }) => intent);
      expect(found.sort().join(" ")).toBe(intents);
    });
  });
}
