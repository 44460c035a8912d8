import { expect, test } from "vitest";
import { failureWords } from "../../../server/domain/sends/outbox/failure-words.ts";

const gone = { class: "never", code: null, title: "Media not available", details: "The file is gone." } as const;

test("what we know ourselves is not put into WhatsApp's mouth", () => {
  expect(failureWords({ ...gone, isOurs: true })).toBe("The file is gone.");
  expect(failureWords(gone)).toContain("WhatsApp says: “Media not available: The file is gone.”");
});
