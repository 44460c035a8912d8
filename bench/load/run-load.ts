import { LoadConnection } from "./connection.ts";
import type { LoadPlan, LoadRequest, LoadResult } from "./plan.ts";

/** Plays a plan: each connection sends its next request when the answer to the last one is complete. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const wire = plan.requests.map((request) => bytesOf(request, plan));
  const start = performance.now();
  const measureFrom = start + plan.warmUpSeconds * 1000;
  const end = measureFrom + plan.seconds * 1000;
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  let firstFailure: string | undefined;
  let sent = 0;
  let lastAnswer = start;

  const next = (): Buffer | undefined => {
    if (plan.once && sent >= wire.length) return undefined;
    sent += 1;
    return wire[(sent - 1) % wire.length];
  };
  const play = async (): Promise<void> => {
    const connection = new LoadConnection(plan.port);
    for (let request = next(); request; request = performance.now() < end ? next() : undefined) {
      const sentAt = performance.now();
      const answer = await connection.send(request).catch((error: Error) => ({ status: 0, text: () => error.message }));
      lastAnswer = performance.now();
      if (sentAt >= measureFrom) latencies.push(lastAnswer - sentAt);
      if (answer.status >= 200 && answer.status < 300) continue;
      failures[answer.status] = (failures[answer.status] ?? 0) + 1;
      firstFailure ??= `${request.toString("utf8").slice(0, 300)}\n→ ${answer.text().slice(0, 1000)}`;
      if (answer.status === 0) break;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: plan.connections }, play));
  return { ...figuresOf(latencies, (lastAnswer - measureFrom) / 1000), failures, firstFailure, sent };
}

function bytesOf(request: LoadRequest, plan: LoadPlan): Buffer {
  const { method, path, body } = request;
  const headers = {
    host: `127.0.0.1:${plan.port}`,
    ...plan.headers,
    ...(body === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
    ...request.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`);
}

function figuresOf(latencies: number[], seconds: number) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
  return {
    requests: sorted.length,
    seconds: Math.round(seconds * 100) / 100,
    perSecond: Math.round(sorted.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  };
}
