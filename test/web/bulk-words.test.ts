import { describe, expect, test } from "vitest";
import type { ChangeSet } from "../../shared/v1/change-set.ts";
import { outcomeWords, undoWords, wholeListWords } from "../../web/features/leads/bulk-words.ts";
import { between } from "../../web/lib/use-selection.ts";

const leads = [1, 2, 3, 4, 5, 6].map((id) => ({ id, code: `LEAD-00${id}` }));
const most = (10_000).toLocaleString();
const change = (id: number, result: "changed" | "unchanged" | "skipped", reason: string | null = null) => ({
  ...{ id, result, reason, before: null, after: null },
});

describe("what a bulk change did", () => {
  test("is one sentence where all went well", () => {
    const changes = [change(1, "changed"), change(2, "changed")];
    expect(outcomeWords({ changes, has_more: false }, leads, "given to Olga")).toEqual({
      message: "2 leads given to Olga.",
      notDone: [],
    });
  });

  test("names what was left alone, by its reason", () => {
    const ended = "It has ended.";
    const changes: ChangeSet["changes"] = [
      change(1, "changed"),
      change(2, "unchanged"),
      ...[3, 4, 5, 6].map((id) => change(id, "skipped", ended)),
      change(9, "skipped", "There is no such lead."),
    ];
    expect(outcomeWords({ changes, has_more: false }, leads, "moved to Lost")).toEqual({
      message: "1 lead moved to Lost. 1 already so. 5 not changed.",
      notDone: ["LEAD-003, LEAD-004, LEAD-005 and 1 more: It has ended.", "lead 9: There is no such lead."],
    });
  });

  test("is said where nothing was changed", () => {
    const changes = [change(1, "unchanged")];
    expect(outcomeWords({ changes, has_more: false }, leads, "moved to New").message).toBe(
      "No lead was changed. 1 already so.",
    );
  });

  test("says that there are more where one act did not take all", () => {
    const changes = Array.from({ length: 10_000 }, (_, index) => change(index + 1, "changed"));
    expect(outcomeWords({ changes, has_more: true }, leads, "given to Olga").message).toBe(
      `${most} leads given to Olga. There are more; the newest ${most} were done.`,
    );
  });
});

describe("the whole list", () => {
  test("is all that match, as far as they are counted", () => {
    expect(wholeListWords(56)).toEqual({
      offer: "Select all 56 matching",
      chosen: "All 56 matching leads are chosen.",
    });
  });

  test("is the newest where the count has stopped", () => {
    expect(wholeListWords(10_000)).toEqual({
      offer: `Select the newest ${most} matching`,
      chosen: `Of the matching leads the newest ${most} are chosen.`,
    });
  });
});

describe("what an undo did", () => {
  test("names what has moved on since", () => {
    const undo: ChangeSet["undo"] = [
      { id: 1, result: "undone", reason: null },
      { id: 2, result: "skipped", reason: "Changed since." },
    ];
    expect(undoWords({ undo }, leads)).toEqual({
      message: "Taken back for 1 lead. 1 left as is.",
      notDone: ["LEAD-002: Changed since."],
    });
  });
});

test("a range runs either way, and is one row where its beginning is gone", () => {
  expect(between([5, 6, 7, 8], 8, 6)).toEqual([6, 7, 8]);
  expect(between([5, 6, 7, 8], 5, 6)).toEqual([5, 6]);
  expect(between([5, 6, 7, 8], 99, 6)).toEqual([6]);
  expect(between([5, 6, 7, 8], undefined, 7)).toEqual([7]);
});
