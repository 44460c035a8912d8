import { expect, test } from "vitest";
import { storeSimulatedMedia } from "../../../server/domain/simulator/simulated-media.ts";
import { sweepSimulator } from "../../../server/domain/simulator/sweep-simulator.ts";
import { simulatedCompany } from "../../channels/simulator/simulated-company.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

test("old messages and expired files go, the rest stays", async () => {
  const database = await testDatabase();
  const { db } = database;
  const { ctx, write } = await simulatedCompany(database);
  await write("+14155550140", "old");
  await write("+14155550140", "new");
  await rows(
    db,
    "update simulator_messages set created_at = now() - interval '40 days' where rendered ->> 'text' = 'old' returning id",
  );
  await storeSimulatedMedia(ctx, { bytes: Buffer.from("kept"), mimeType: "image/png", keptDays: 3_000 });
  await storeSimulatedMedia(ctx, { bytes: Buffer.from("gone"), mimeType: "image/png", keptDays: -1_000 });
  await sweepSimulator(db, new Date(Date.now() - 30 * 86_400_000), 1);
  expect(await rows(db, "select rendered ->> 'text' as text from simulator_messages")).toEqual([{ text: "new" }]);
  expect(await count(db, "simulator_media")).toBe(1);
});
