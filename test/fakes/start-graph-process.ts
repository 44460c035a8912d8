import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { listOf, numberOf, objectOf } from "../../shared/json.ts";

export type GraphCounts = { accepted: number; total: number; twice: string[]; pending: number; calls: number };

export type GraphProcess = { url: string; counts: () => Promise<GraphCounts>; stop: () => Promise<void> };

/** Starts the double of the Graph API beside us. */
export async function startGraphProcess(options: {
  hookUrl: string;
  appSecret: string;
  mood: "calm" | "wild";
}): Promise<GraphProcess> {
  const file = fileURLToPath(new URL("graph-process.ts", import.meta.url));
  const child = spawn(process.execPath, [file, options.hookUrl, options.appSecret, options.mood], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const [line] = await once(child.stdout, "data");
  const url = `http://127.0.0.1:${/(\d+)/.exec(String(line))?.[1]}`;
  return {
    url,
    counts: async () => countsOf(await (await fetch(`${url}/counts`)).json()),
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function countsOf(json: unknown): GraphCounts {
  const fields = objectOf(json) ?? {};
  const number = (key: string) => numberOf(fields[key]) ?? -1;
  return {
    accepted: number("accepted"),
    total: number("total"),
    pending: number("pending"),
    calls: number("calls"),
    twice: listOf(fields.twice).map(String),
  };
}
