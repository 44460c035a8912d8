import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../server/db/embedded/start-embedded-postgres.ts";
import { generate } from "../server/db/generate.ts";
import { migrate } from "../server/db/migrate.ts";

// A scratch database, so that the generated files say what the migrations make and nothing else.
const dataDir = await mkdtemp(join(tmpdir(), "rapport-generate-"));
// Below a folder that only root may enter, root's PostgreSQL would be put into /var/lib and outlive this.
await chmod(dataDir, 0o755);
const embedded = await startEmbeddedPostgres({ dataDir, log: () => {} });
try {
  await migrate(embedded.connection);
  await generate(embedded.connection, { write: true });
  console.log("Wrote server/db/types.gen.ts and db/schema.sql");
} finally {
  await embedded.stop();
  await rm(dataDir, { recursive: true, force: true });
}
