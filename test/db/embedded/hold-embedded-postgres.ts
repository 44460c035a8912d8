import { startEmbeddedPostgres } from "../../../server/db/embedded/start-embedded-postgres.ts";

/** Run as a process of its own by the tests: says in one JSON line how its start went, then holds the database until killed. */
try {
  const [, , dataDir = ""] = process.argv;
  const { pid, adopted, connection } = await startEmbeddedPostgres({ dataDir, log: () => {} });
  process.stdout.write(`${JSON.stringify({ pid, adopted, host: connection.host })}\n`);
  setInterval(() => {}, 60_000);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ refused: error instanceof Error ? error.message : String(error) })}\n`);
}
