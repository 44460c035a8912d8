import { createHmac } from "node:crypto";
import type { LoadRequest } from "../load/plan.ts";
import type { Bench } from "./scenario.ts";

const texts = [
  "Hi, how much is the yearly plan?",
  "Hello, I am Nora from Field Optics, could we see a demo?",
  "Thanks!",
  "Bom dia, qual é o preço?",
  "ok, tomorrow at ten",
];

/** Signed bodies as Meta sends them, one message each, from people never heard of. */
export function fromNewPeople(bench: Bench, round: number, count: number): LoadRequest[] {
  return Array.from({ length: count }, (_, index) =>
    body(bench, String(bench.firstNewNumber + round * count + index), `new.${round}.${index}`, index),
  );
}

/** The same from people that the company has, others in each round. */
export function fromKnownPeople(bench: Bench, round: number, count: number): LoadRequest[] {
  const { knownNumbers } = bench;
  return Array.from({ length: count }, (_, index) =>
    body(bench, knownNumbers[(round * count + index) % knownNumbers.length] ?? "", `known.${round}.${index}`, index),
  );
}

function body(bench: Bench, from: string, id: string, index: number): LoadRequest {
  const text = texts[index % texts.length] ?? "";
  const message = {
    from,
    id: `wamid.${Date.now()}.${id}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: "text",
    text: { body: text },
  };
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550100000", phone_number_id: bench.phoneNumberId },
    contacts: [{ profile: { name: `Nora ${index}` }, wa_id: from }],
    messages: [message],
  };
  const json = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: bench.phoneNumberId, changes: [{ value, field: "messages" }] }],
  });
  const signature = createHmac("sha256", bench.appSecret).update(json).digest("hex");
  return {
    method: "POST",
    path: "/hooks/whatsapp",
    body: json,
    headers: { "x-hub-signature-256": `sha256=${signature}` },
  };
}
