import type { Config } from "../config.ts";
import { StartupError } from "../db/startup-error.ts";

/** Why a server cannot listen, in a sentence that says what to set; an error of another kind as it is. */
export function listenTrouble(error: unknown, { port, host }: Pick<Config, "port" | "host">): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new StartupError(`Port ${port} on ${host} is in use already; set PORT to another one.`);
    case "EACCES":
      return new StartupError(`Port ${port} on ${host} may not be opened by this user; set PORT to one above 1023.`);
    case "EADDRNOTAVAIL":
      return new StartupError(`This machine has no address ${host}; set HOST to one it has.`);
    case "EAFNOSUPPORT":
    case "EAI_AGAIN":
    case "EINVAL":
    case "ENOTFOUND":
      return new StartupError(
        `HOST is "${host}", which is no address or name that this machine knows; set it to one it has.`,
      );
    default:
      return error;
  }
}
