import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { objectOf, textOf } from "../../shared/json.ts";

/**
 * A double of the Graph API in a process of its own, which outlives the killed ones: it accepts, throttles, answers late, cuts the
 * connection after accepting, and sends signed statuses back, some twice and out of order, until they are taken with 200.
 * Arguments: where our webhook is, its secret, "calm" or "wild".
 */
const [hookUrl = "", appSecret = "", mood = "calm"] = process.argv.slice(2);
const wild = mood === "wild";

type Accepted = { callbackId: string; phoneNumberId: string; to: string; wamid: string };
type Due = { at: number; message: Accepted; status: string };

const accepted = new Map<string, number>();
let due: Due[] = [];
let posting = 0;
let revokedUntil = 0;
let calls = 0;

const server = createServer((request, response) => {
  void answer(request, response).catch(() => response.destroy());
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === "/counts") return json(response, 200, counts());
  if (request.method !== "POST" || !request.url?.endsWith("/messages")) return json(response, 200, { data: [] });
  const body = objectOf(JSON.parse(await textIn(request))) ?? {};
  calls += 1;
  const now = Date.now();
  if (wild && calls % 1_900 === 300) revokedUntil = now + 300;
  if (now < revokedUntil) return refuse(response, 401, 190);
  const dice = wild ? Math.random() : 1;
  if (dice < 0.02) return refuse(response, 429, 130429);
  if (dice < 0.03) return refuse(response, 400, 131056);
  if (dice < 0.04) return refuse(response, 500, 131000);
  if (dice < 0.05) return void response.destroy();
  const message = accept(request, body);
  if (dice < 0.07) return void response.destroy();
  await pause(dice < 0.12 ? 400 + Math.random() * 600 : Math.random() * 15);
  const contact = { input: message.to, wa_id: message.to.replace("+", "") };
  json(response, 200, { messaging_product: "whatsapp", contacts: [contact], messages: [{ id: message.wamid }] });
}

function accept(request: IncomingMessage, body: Record<string, unknown>): Accepted {
  const message = {
    callbackId: textOf(body.biz_opaque_callback_data) ?? "",
    phoneNumberId: /(\d+)\/messages$/.exec(request.url ?? "")?.[1] ?? "",
    to: textOf(body.to) ?? "",
    wamid: `wamid.${randomUUID()}`,
  };
  accepted.set(message.callbackId, (accepted.get(message.callbackId) ?? 0) + 1);
  if (hookUrl === "") return message;
  const now = Date.now();
  const spread = () => (wild ? Math.random() * 1_500 : 50);
  const all = ["sent", "delivered", "read"].map((status) => ({ at: now + spread(), message, status }));
  due.push(...all, ...(wild ? all.filter(() => Math.random() < 0.15) : []));
  return message;
}

function refuse(response: ServerResponse, status: number, code: number): void {
  json(response, status, {
    error: { message: "As the double was asked to.", type: "OAuthException", code, fbtrace_id: "x" },
  });
}

function counts() {
  const times = [...accepted.values()];
  const twice = [...accepted].filter(([, count]) => count > 1).map(([id]) => id);
  return {
    accepted: accepted.size,
    total: times.reduce((sum, one) => sum + one, 0),
    twice,
    pending: due.length + posting,
    calls,
  };
}

setInterval(() => {
  const now = Date.now();
  const ready = due.filter(({ at }) => at <= now).slice(0, 200);
  if (ready.length === 0 || posting >= 4) return;
  const taken = new Set(ready);
  due = due.filter((one) => !taken.has(one));
  posting += 1;
  void post(ready).then((isTaken) => {
    posting -= 1;
    // Meta tries again for days; so does this one, a moment later.
    if (!isTaken) due.push(...ready.map((one) => ({ ...one, at: Date.now() + 200 })));
  });
}, 20);

async function post(batch: Due[]): Promise<boolean> {
  const changes = [...Map.groupBy(batch, ({ message }) => message.phoneNumberId)].map(([phoneNumberId, own]) => ({
    field: "messages",
    value: {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "15550100000", phone_number_id: phoneNumberId },
      statuses: own.map(({ message, status }) => ({
        id: message.wamid,
        status,
        timestamp: String(Math.floor(Date.now() / 1_000)),
        recipient_id: message.to.replace("+", ""),
        biz_opaque_callback_data: message.callbackId,
      })),
    },
  }));
  const body = JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "1", changes }] });
  const signature = `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
  const taken = await fetch(hookUrl, { method: "POST", body, headers, signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  await taken?.text().catch(() => "");
  return taken?.status === 200;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function textIn(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`listening on ${typeof address === "object" ? address?.port : 0}\n`);
});
// Whoever started it and died without a word takes it along.
process.stdin.resume().on("end", () => process.exit(0));
