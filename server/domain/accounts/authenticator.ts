import { RecentEntries } from "../recent-entries.ts";
import { type AccessClaims, verifyAccessToken } from "./access-token.ts";
import { isApiKey } from "./api-key-format.ts";
import type { Instance } from "./instance.ts";
import { type LoadedPrincipal, loadKeyPrincipal, loadSessionPrincipal, loadTokenPrincipal } from "./load-principal.ts";
import type { Principal } from "./principal.ts";
import { principalGeneration } from "./principal-generation.ts";
import type { TokenKeys } from "./token-keys.ts";

/** What a request carries: an access token or an API key as bearer, a key in its own header, or a browser's cookie. */
export type Presented = { bearer?: string; apiKey?: string; sessionToken?: string };

export type Authenticate = (presented: Presented) => Principal | undefined | Promise<Principal | undefined>;

/** How long a caller's state is believed: a right taken away in another process ends here after this. */
const stateMs = 5_000;
const capacity = 5_000;

type Kind = "token" | "key" | "session";
type Known = { principal: Principal; believedUntil: number; generation: number };

/**
 * Finds out who calls. A caller seen within the last five seconds is answered at once, without a promise (1 µs; a token's signature
 * costs 60 µs); otherwise the state is read once, however many requests wait for it.
 */
export function createAuthenticator(instance: Instance, keys: TokenKeys): Authenticate {
  const known = new RecentEntries<Known>(capacity);
  const verified = new RecentEntries<AccessClaims>(capacity);
  const loading = new Map<string, Promise<Principal | undefined>>();

  const claimsOf = async (token: string): Promise<AccessClaims | undefined> => {
    const claims = verified.get(token) ?? (await verifyAccessToken(keys.access, token, instance.now()));
    if (!claims || claims.expiresAt <= instance.now().getTime()) return undefined;
    verified.set(token, claims);
    return claims;
  };

  const load = async (kind: Kind, secret: string, name: string): Promise<Principal | undefined> => {
    const generation = principalGeneration();
    const readAt = instance.now().getTime();
    const claims = kind === "token" ? await claimsOf(secret) : undefined;
    const loaded = await loadPrincipal(instance, kind, secret, claims);
    if (!loaded) {
      known.delete(name);
      return undefined;
    }
    const { principal, holdsUntil } = loaded;
    known.set(name, { principal, believedUntil: Math.min(readAt + stateMs, holdsUntil), generation });
    return principal;
  };

  return (presented) => {
    const { kind, secret } = kindOf(presented);
    if (secret === "" || secret.length > 4_096 || (kind === "key" && !isApiKey(secret))) return undefined;
    const name = `${kind} ${secret}`;
    const found = known.get(name);
    const generation = principalGeneration();
    if (found && found.generation === generation && instance.now().getTime() < found.believedUntil) {
      return found.principal;
    }
    // Whoever comes after a change of rights must not be answered with what was read before it.
    const line = `${generation} ${name}`;
    const running = loading.get(line) ?? load(kind, secret, name).finally(() => loading.delete(line));
    loading.set(line, running);
    return running;
  };
}

function kindOf({ bearer, apiKey, sessionToken = "" }: Presented): { kind: Kind; secret: string } {
  if (bearer !== undefined) return { kind: bearer.startsWith("rpt_") ? "key" : "token", secret: bearer };
  if (apiKey !== undefined) return { kind: "key", secret: apiKey };
  return { kind: "session", secret: sessionToken };
}

async function loadPrincipal(
  instance: Instance,
  kind: Kind,
  secret: string,
  claims: AccessClaims | undefined,
): Promise<LoadedPrincipal | undefined> {
  if (kind === "key") return loadKeyPrincipal(instance, secret);
  if (kind === "session") return loadSessionPrincipal(instance, secret);
  return claims && loadTokenPrincipal(instance, claims);
}
