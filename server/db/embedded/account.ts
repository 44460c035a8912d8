import { readFileSync, statSync } from "node:fs";

/** The system user that PostgreSQL runs as. */
export type Account = { uid: number; gid: number; name: string; kind: "own" | "dropped" };

/**
 * PostgreSQL refuses to run as root: then it runs as the owner of the files that are there already, or as nobody.
 * So a folder begun by an ordinary user can be served by root and by that user in turn.
 */
export function accountFor(home: string): Account {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? uid, name: nameOf(uid), kind: "own" };
  const owner = statSync(home, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid), kind: "dropped" };
  const nobody = passwd().find((entry) => entry.name === "nobody" && entry.uid > 0);
  return { uid: nobody?.uid ?? 65_534, gid: nobody?.gid ?? 65_534, name: "nobody", kind: "dropped" };
}

/** What spawn needs to run something as that user. */
export function identityOf(account: Account): { uid?: number; gid?: number } {
  return account.kind === "dropped" ? { uid: account.uid, gid: account.gid } : {};
}

export function nameOf(uid: number): string {
  return passwd().find((entry) => entry.uid === uid)?.name ?? `with id ${uid}`;
}

type PasswdEntry = { name: string; uid: number; gid: number };

function passwd(): PasswdEntry[] {
  try {
    const lines = readFileSync("/etc/passwd", "utf8").split("\n");
    return lines
      .map((line) => line.split(":"))
      .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}
