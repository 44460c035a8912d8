import type { Config } from "../config.ts";

/** Where the link with this token leads, as far as the settings tell. */
export function signInAddress(config: Pick<Config, "publicUrl" | "host" | "port">, token: string): string {
  const everywhere = config.host === "0.0.0.0" || config.host === "::" || config.host === "127.0.0.1";
  const host = everywhere ? "localhost" : config.host;
  const named = host.includes(":") ? `[${host}]` : host;
  return `${config.publicUrl ?? `http://${named}:${config.port}`}/sign-in/${token}`;
}
