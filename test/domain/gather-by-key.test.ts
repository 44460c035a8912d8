import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { gatherByKey } from "../../server/domain/gather-by-key.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Groups as they were begun; `end` ends one and lets what follows happen. */
function groups() {
  const begun: string[][] = [];
  const ends: (() => void)[] = [];
  const gather = gatherByKey<string>((items) => {
    begun.push(items);
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async (group: number) => {
    ends[group]?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  const come = (...items: string[]) => {
    for (const item of items) gather("key", item);
  };
  return { begun, come, end, gather };
}

describe("items of one key", () => {
  test("are begun at once when alone, and together when they came meanwhile", async () => {
    const { begun, come, end } = groups();
    come("a", "b", "c");
    expect(begun).toEqual([["a"]]);
    await end(0);
    expect(begun).toEqual([["a"], ["b", "c"]]);
    await end(1);
    come("d");
    expect(begun.at(-1)).toEqual(["d"]);
  });

  test("wait a moment after a crowd, for those that were just answered", async () => {
    const { begun, come, end } = groups();
    const crowd = ["a", "b", "c", "d", "e", "f"];
    come("first", ...crowd);
    await end(0);
    expect(begun.at(-1)).toEqual(crowd);
    come("late");
    await end(1);
    come(...crowd);
    expect(begun.length).toBe(2);
    await vi.advanceTimersByTimeAsync(5);
    expect(begun.at(-1)).toEqual(["late", ...crowd]);
    await end(2);
    await vi.advanceTimersByTimeAsync(5);
    come("alone");
    expect(begun.at(-1)).toEqual(["alone"]);
  });

  test("are not held up for long by a group that waits", async () => {
    const { begun, come, end } = groups();
    come("stuck", "b");
    await vi.advanceTimersByTimeAsync(30);
    expect(begun).toEqual([["stuck"], ["b"]]);
    await end(1);
    await end(0);
    come("c");
    expect(begun.at(-1)).toEqual(["c"]);
  });
});

test("Items of other keys wait for nobody", () => {
  const { begun, gather } = groups();
  gather("one", "a");
  gather("other", "b");
  expect(begun).toEqual([["a"], ["b"]]);
});
