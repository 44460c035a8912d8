import { describe, expect, test } from "vitest";
import { judge } from "../../../server/domain/webhooks/delivery-outcome.ts";
import { pauseAfter, retryAfterMs } from "../../../server/domain/webhooks/retry-schedule.ts";

const hour = 3_600_000;

describe("the pauses between attempts", () => {
  test("are those of Standard Webhooks: ten attempts in a little over three days", () => {
    const pauses = Array.from({ length: 10 }, (_, at) => pauseAfter(at + 1, undefined, 0));
    expect(pauses).toEqual([
      5_000,
      300_000,
      1_800_000,
      2 * hour,
      5 * hour,
      10 * hour,
      14 * hour,
      20 * hour,
      24 * hour,
      undefined,
    ]);
  });

  test("are up to a tenth longer, and as long as the receiver asks, a day at most", () => {
    expect(pauseAfter(2, undefined, 1)).toBe(330_000);
    expect(pauseAfter(1, 60_000, 0)).toBe(60_000);
    expect(pauseAfter(2, 60_000, 0)).toBe(300_000);
    expect(pauseAfter(1, 90 * 24 * hour, 0)).toBe(24 * hour);
    expect(pauseAfter(10, 60_000, 0)).toBeUndefined();
  });

  test.each([
    ["120", 120_000],
    ["0", 0],
    ["Sat, 21 Nov 2026 10:02:00 GMT", 120_000],
    ["Sat, 21 Nov 2026 09:00:00 GMT", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("read Retry-After: %s", (header, ms) => {
    expect(retryAfterMs(header, new Date("2026-11-21T10:00:00Z"))).toBe(ms);
  });
});

describe("an answer", () => {
  const answered = (status: number, ms?: number) => judge({ kind: "answered", status, retryAfterMs: ms, body: "" });
  test.each([200, 201, 202, 204, 299])("%d means delivered", (status) => {
    expect(answered(status).kind).toBe("delivered");
  });
  test.each([100, 301, 302, 307, 400, 401, 404, 500, 503])("%d means failed", (status) => {
    expect(answered(status)).toEqual({ kind: "failed", retryAfterMs: undefined, restMs: undefined });
  });
  test.each([429, 502, 504])("%d asks for a rest", (status) => {
    expect(answered(status)).toMatchObject({ kind: "failed", restMs: 30_000 });
    expect(answered(status, 60_000)).toMatchObject({ restMs: 60_000 });
    expect(answered(status, 24 * hour)).toMatchObject({ restMs: 900_000 });
  });
  test("410 means gone", () => {
    expect(answered(410)).toEqual({ kind: "gone" });
  });
});
