import { join } from "node:path";
import type { Account } from "./account.ts";
import { copiedBinaries } from "./copied-binaries.ts";
import { installedBinaries } from "./installed-binaries.ts";
import { linkLibraries } from "./library-links.ts";
import { isReachable } from "./reachable.ts";

export type UsableBinaries = { initdb: string; postgres: string; version: string };

/** Binaries that the account can run: the installed ones, or a copy of them in the database's home. */
export async function usableBinaries(home: string, account: Account): Promise<UsableBinaries> {
  const installed = installedBinaries();
  const reachable = await isReachable(join(installed.native, "bin", "postgres"), account);
  const inPlace = reachable && (await linkLibraries(installed.native)) === "linked";
  const native = inPlace ? installed.native : await copiedBinaries(installed, home);
  return {
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
    version: installed.version,
  };
}
