import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StartupError } from "../startup-error.ts";
import { type Account, nameOf } from "./account.ts";
import { errorCode } from "./file-error.ts";
import { isReachable } from "./reachable.ts";

export const socketPort = 5432;

/** Room in sockaddr_un: 107 bytes on Linux, 103 on macOS. */
const longestSocketPath = 103;

/** A folder that only the database's user (and root) may enter, which is what keeps the password-less socket private. */
export async function socketFolder(home: string, account: Account): Promise<string> {
  const folder = await shortEnough(home, account);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== "EEXIST") throw error;
  });
  const found = await lstat(folder);
  const ours = found.uid === account.uid || found.uid === process.getuid?.();
  // In a shared temporary folder anybody may have taken the name first.
  if (!found.isDirectory() || !ours) {
    throw new StartupError(
      `${folder}, which Rapport needs for its database socket, belongs to user ${nameOf(found.uid)}: remove it.`,
    );
  }
  if (account.kind === "dropped") await chown(folder, account.uid, account.gid);
  await chmod(folder, 0o700);
  return folder;
}

async function shortEnough(home: string, account: Account): Promise<string> {
  const folder = join(home, "socket");
  if (fits(folder)) return folder;
  const name = `rapport-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`;
  const candidates = [join(tmpdir(), name), join("/tmp", name)];
  for (const candidate of candidates) {
    if (fits(candidate) && (await isReachable(dirname(candidate), account).catch(() => false))) return candidate;
  }
  throw new StartupError(
    `Neither ${folder} nor ${candidates[0]} is short enough for a socket: choose a shorter DATA_DIR.`,
  );
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= longestSocketPath;
}
