import { expect, test } from "vitest";
import { SharedReadings } from "../../../server/domain/rollups/shared-readings.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { ctx, createCompany } = await testDatabase();
const asked = ctx(await createCompany());

/** All that follows from what was settled has happened. */
const turn = () => new Promise(setImmediate);

function heldReadings() {
  const begun: { give: (count: number) => void; fail: (error: Error) => void }[] = [];
  const reading = () => new Promise<number>((give, fail) => void begun.push({ give, fail }));
  return { begun, reading, readings: new SharedReadings<number>() };
}

test("whoever asks while it is being read gets the next reading, all of them the same", async () => {
  const { begun, reading, readings } = heldReadings();
  const first = readings.read(asked, "totals", reading);
  const later = [1, 2, 3].map(() => readings.read(asked, "totals", reading));
  expect(begun).toHaveLength(1);
  begun[0]?.give(10);
  expect(await first).toBe(10);
  await turn();
  expect(begun).toHaveLength(2);
  begun[1]?.give(11);
  expect(await Promise.all(later)).toEqual([11, 11, 11]);
});

test("whoever asks afterwards has it read anew", async () => {
  const { begun, reading, readings } = heldReadings();
  const first = readings.read(asked, "totals", reading);
  begun[0]?.give(1);
  await first;
  const second = readings.read(asked, "totals", reading);
  await turn();
  begun[1]?.give(2);
  expect(await second).toBe(2);
});

test("a reading that failed fails for those who got it, and the next one is made", async () => {
  const { begun, reading, readings } = heldReadings();
  const first = readings.read(asked, "totals", reading);
  const later = readings.read(asked, "totals", reading);
  begun[0]?.fail(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await turn();
  begun[1]?.give(2);
  expect(await later).toBe(2);
});

test("other questions and transactions read for themselves", async () => {
  const { begun, reading, readings } = heldReadings();
  await asked.transact(async (tx) => {
    const all = [
      readings.read(asked, "30 days", reading),
      readings.read(asked, "a year", reading),
      readings.read(tx, "a year", reading),
    ];
    expect(begun).toHaveLength(3);
    for (const [index, { give }] of begun.entries()) give(index);
    expect(await Promise.all(all)).toEqual([0, 1, 2]);
  });
});
