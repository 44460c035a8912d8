import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../bin/rapport.mjs", import.meta.url));

export type RapportProcess = {
  url: string;
  output: () => string;
  process: ChildProcess;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
  /** Ends it as Ctrl-C does; gives the exit code. */
  stop: () => Promise<number | null>;
};

/** A real `rapport serve` in a process of its own, on a free port. */
export async function startRapport(
  dataDir: string,
  env: Record<string, string> = {},
  args: string[] = ["serve"],
): Promise<RapportProcess> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const exited = once(child, "exit");
  const url = await addressPrinted(child, () => output);
  return {
    url,
    output: () => output,
    process: child,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
      return child.exitCode;
    },
  };
}

/** A real `rapport work` beside a server on the same database. */
export async function startWorker(
  dataDir: string,
  env: Record<string, string>,
): Promise<Pick<RapportProcess, "kill" | "output">> {
  const child = spawn(process.execPath, [main, "work"], {
    env: { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = once(child, "exit");
  while (!output.includes("is running")) {
    if (child.exitCode !== null) throw new Error(`rapport work ended: ${output}`);
    await Promise.race([once(child.stdout, "data"), exited]);
  }
  return {
    output: () => output,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function addressPrinted(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const address = /ready at (http:\S+)/.exec(output())?.[1];
    if (address) return address.replace("localhost", "127.0.0.1");
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`rapport ended: ${output()}`);
    if (child.stdout) await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  }
}
