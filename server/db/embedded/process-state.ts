import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { errorCode } from "./file-error.ts";

/** A zombie counts as dead: in containers whose pid 1 reaps nobody it would hold its pid for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
  return statFields(pid)?.[0] !== "Z";
}

/** Tells a process from a later one with the same pid; undefined where the system doesn't say. */
export function startMark(pid: number): string | undefined {
  const ticks = process.platform === "linux" ? statFields(pid)?.[19] : ps(pid, "lstart");
  if (!ticks) return undefined;
  // Ticks count from boot, and short-lived machines boot alike: the boot's own id makes the mark unique.
  const boot = textOfFile("/proc/sys/kernel/random/boot_id")?.slice(0, 8) ?? "";
  return `${boot}-${ticks}`.replaceAll(/[^\w-]+/g, "-");
}

/** The arguments of a process joined by spaces; empty for a zombie, undefined when it cannot be seen. */
export function commandLine(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "command");
  return textOfFile(`/proc/${pid}/cmdline`)?.replace(/\0$/, "").replaceAll("\0", " ");
}

/** The fields of /proc/<pid>/stat from the state on; the name before them may itself hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
  const stat = textOfFile(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function textOfFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return execFileSync("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)], {
      encoding: "utf8",
      timeout: 5_000,
    }).trim();
  } catch {
    return undefined;
  }
}
