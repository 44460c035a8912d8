import { request } from "./api/request.ts";
import { apiPaths } from "./paths.ts";

export type PushState = "unsupported" | "blocked" | "off" | "on";

const workerPath = "/push-worker.js";

/** Whether this browser is pushed to, and whether it could be. Browsers have push on https and on localhost alone. */
export async function pushState(): Promise<PushState> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window))
    return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  return (await subscription()) ? "on" : "off";
}

/** Asks for permission and tells the server where to push. */
export async function enablePush(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== "granted") return pushState();
  const { public_key: key } = await request<{ public_key: string }>(apiPaths.pushKey);
  const registration = await navigator.serviceWorker.register(workerPath);
  await navigator.serviceWorker.ready;
  const known = await registration.pushManager.getSubscription();
  // One made with another installation's key is of no use to this one.
  if (known && !isOf(known, key)) await known.unsubscribe();
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await request(apiPaths.pushSubscriptions, { method: "POST", body: made.toJSON() });
  return "on";
}

/** Ends it here; the server forgets the browser first, so that what it still sends finds nobody. */
export async function disablePush(): Promise<PushState> {
  const known = await subscription();
  if (known) {
    await request(apiPaths.pushSubscriptions, { method: "DELETE", body: { endpoint: known.endpoint } });
    await known.unsubscribe();
  }
  return pushState();
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(workerPath);
  return registration ? registration.pushManager.getSubscription() : null;
}

function isOf(known: PushSubscription, key: string): boolean {
  const own = known.options.applicationServerKey;
  if (own === null) return false;
  const text = btoa(String.fromCharCode(...new Uint8Array(own)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key;
}
