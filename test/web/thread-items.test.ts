import { describe, expect, test } from "vitest";
import { threadItems } from "../../web/features/thread/thread-items.ts";
import { message } from "./message.ts";

function shown(items: ReturnType<typeof threadItems>) {
  return items.flatMap((item) => (item.kind === "message" ? [item] : []));
}

describe("a thread's items", () => {
  test("a separator stands before the first message of each day", () => {
    const items = threadItems([message(1), message(2), message(3, { sent_at: "2026-11-23T12:00:00Z" })]);
    expect(items.map(({ kind }) => kind)).toEqual(["day", "message", "message", "day", "message"]);
  });

  test("a reaction stands on its message and not by itself", () => {
    const heart = message(2, { type: "reaction", text: "❤️", payload: { reacts_to: "wamid.1" } });
    const items = shown(threadItems([message(1), heart]));
    expect(items).toHaveLength(1);
    expect(items[0]?.reactions).toEqual(["❤️"]);
  });

  test("a later reaction of the same side replaces the first, and an empty one takes it back", () => {
    const react = (id: number, text: string | null, direction: "in" | "out") =>
      message(id, { type: "reaction", text, direction, payload: { reacts_to: "wamid.1" } });
    const both = shown(threadItems([message(1), react(2, "👍", "in"), react(3, "❤️", "in"), react(4, "🙏", "out")]));
    expect(both[0]?.reactions).toEqual(["❤️", "🙏"]);
    const takenBack = shown(threadItems([message(1), react(2, "👍", "in"), react(3, null, "in")]));
    expect(takenBack[0]?.reactions).toEqual([]);
  });

  test("a reaction to a message that is not loaded is shown by itself", () => {
    const heart = message(2, { type: "reaction", text: "❤️", payload: { reacts_to: "wamid.gone" } });
    expect(shown(threadItems([heart]))).toHaveLength(1);
  });

  test("an answer quotes what it answers, a deleted one without its words", () => {
    const answer = message(3, { reply_to_provider_id: "wamid.1" });
    expect(shown(threadItems([message(1), answer]))[1]?.quoted).toBe("Message 1");
    const deleted = message(1, { revoked_at: "2026-11-21T11:00:00Z" });
    expect(shown(threadItems([deleted, answer]))[1]?.quoted).toBe("A deleted message");
  });

  test("bubbles of one side in a row are a group", () => {
    const items = shown(threadItems([message(1), message(2), message(3, { direction: "out" })]));
    expect(items.map(({ startsGroup }) => startsGroup)).toEqual([true, false, true]);
  });
});
