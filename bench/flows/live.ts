import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Place } from "../measure-scenario.ts";
import { call } from "./call.ts";
import { type FlowResult, quantile } from "./flow.ts";

const listeners = 1_000;
const events = 100;
const everyMs = 50;

/** From the request that makes an event to each of a thousand listeners of the company: the write and its commit are in the figure. */
export async function measureLive(place: Place): Promise<FlowResult> {
  const latencies: number[] = [];
  const sockets = await openListeners(place, (sentAt) => latencies.push(performance.now() - sentAt));
  try {
    const began = performance.now();
    for (let number = 0; number < events; number += 1) {
      const body = `bench-live ${performance.now()} end`;
      await call(place, "POST", "/v1/notes", { contact_id: place.bench.firstContactId + number, body });
      await pause(everyMs);
    }
    const wanted = listeners * events;
    for (let tries = 0; latencies.length < wanted && tries < 500; tries += 1) await pause(20);
    if (latencies.length !== wanted) throw new Error(`live: ${latencies.length} of ${wanted} arrived.`);
    return {
      name: "live, an event to each of 1,000 listeners",
      count: wanted,
      perSecond: Math.round((wanted * 1_000) / (performance.now() - began)),
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
    };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function openListeners({ port, apiKey }: Place, heard: (sentAt: number) => void): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let opened = 0; opened < listeners; opened += 1) {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    socket.setEncoding("utf8");
    socket.write(`GET /v1/live HTTP/1.1\r\nhost: bench\r\nx-api-key: ${apiKey}\r\n\r\n`);
    await greeted(socket);
    socket.on("data", (text: string) => {
      for (const [, sentAt] of text.matchAll(/bench-live ([\d.]+) end/g)) heard(Number(sentAt));
    });
  }
  return sockets;
}

/** The head says that the door is open, the first retry that from here on nothing is missed. */
async function greeted(socket: Socket): Promise<void> {
  let text = "";
  while (!text.includes("retry:")) {
    const [chunk] = await once(socket, "data");
    text += String(chunk);
    if (!text.startsWith("HTTP/1.1 200")) throw new Error(`live: ${text.slice(0, 200)}`);
  }
}
