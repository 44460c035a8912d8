/** By this name, which no resolver ever answers (RFC 6761), the demo's account finds the demo's own mail server. */
export const demoHost = "demo-mailbox.invalid";

let port: number | undefined;

/** The server listens here; undefined: not any more. */
export function announceDemoMailServer(listening: number | undefined): void {
  port = listening;
}

/** Where the demo's mail server listens in this process. */
export function demoMailServer(): { host: string; port: number } {
  // Port 1 is nobody's: the mail waits until the demo runs.
  return { host: "127.0.0.1", port: port ?? 1 };
}
