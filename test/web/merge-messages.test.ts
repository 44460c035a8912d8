import { describe, expect, test } from "vitest";
import { mergeMessages } from "../../web/lib/api/merge-messages.ts";
import { message } from "./message.ts";

const thread = (ids: number[], olderCursor: string | null = null) => ({
  messages: ids.map((id) => message(id)),
  olderCursor,
});
const idsOf = (merged: { messages: { id: number }[] }) => merged.messages.map(({ id }) => id);

describe("the newest page over a loaded thread", () => {
  test("the first page is the thread", () => {
    expect(mergeMessages(undefined, thread([1, 2, 3], "older"))).toEqual(thread([1, 2, 3], "older"));
  });

  test("history that was scrolled up to stays, and keeps its way further back", () => {
    const merged = mergeMessages(thread([1, 2, 3, 4], "oldest"), thread([3, 4, 5], "middle"));
    expect(idsOf(merged)).toEqual([1, 2, 3, 4, 5]);
    expect(merged.olderCursor).toBe("oldest");
  });

  test("a status that changed on a message of the newest page is taken over", () => {
    const newest = { messages: [message(2, { status: "read" })], olderCursor: null };
    expect(mergeMessages(thread([1, 2]), newest).messages[1]?.status).toBe("read");
  });

  test("where pages don't meet, only the newest is kept, so that no gap looks like a whole", () => {
    expect(mergeMessages(thread([1, 2], null), thread([80, 81], "older"))).toEqual(thread([80, 81], "older"));
  });

  test("a late message that slips in between shows in its place", () => {
    expect(idsOf(mergeMessages(thread([1, 2, 4]), thread([2, 3, 4])))).toEqual([1, 2, 3, 4]);
  });
});
