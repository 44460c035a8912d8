import { expect, test, vi } from "vitest";
import { createReport } from "../../server/cli/report-trouble.ts";
import { DatabaseUnavailable } from "../../server/db/connection.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db } = await testDatabase();

test("a database that went away is told once, and once that it is back", async () => {
  let isAway = true;
  const lines: string[] = [];
  const first: typeof db.first = (statement) =>
    isAway ? Promise.reject(new DatabaseUnavailable("gone")) : db.first(statement);
  const report = createReport({ first }, { print: (line) => lines.push(line), askEveryMs: 5 });
  const fortyWorkers = () => {
    for (let worker = 0; worker < 40; worker++) report(`Worker ${worker}`, new DatabaseUnavailable("gone"));
  };
  fortyWorkers();
  fortyWorkers();
  report("Sending", new Error("Something else"));
  const lost = "The database cannot be reached. Work waits, and goes on by itself when it is back.";
  expect(lines).toEqual([lost, "Sending failed: Something else"]);
  isAway = false;
  await vi.waitUntil(() => lines.length > 2, { timeout: 30_000 });
  expect(lines[2]).toBe("The database can be reached again; work goes on.");
  isAway = true;
  fortyWorkers();
  expect(lines.slice(3)).toEqual([lost]);
});
