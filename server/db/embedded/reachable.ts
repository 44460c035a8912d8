import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Account } from "./account.ts";

/** Whether the user may pass every folder down to the path and enter or execute the path itself. */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  // An ordinary user's own rights were checked where the folder was opened.
  if (account.kind === "own") return true;
  const { uid, gid, mode } = await stat(path);
  if (!mayEnter(account, { uid, gid, mode })) return false;
  const parent = dirname(path);
  return parent === path || isReachable(parent, account);
}

function mayEnter(account: Account, folder: { uid: number; gid: number; mode: number }): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
