import { type AccessClaims, verifyAccessToken } from "./access-token.ts";
import { isApiKey } from "./api-key-format.ts";
import type { Instance } from "./instance.ts";
import { loadKeyPrincipal, loadSessionPrincipal, loadTokenPrincipal } from "./load-principal.ts";
import type { Principal } from "./principal.ts";
import { principalGeneration } from "./principal-generation.ts";
import { RecentEntries } from "./recent-entries.ts";
import type { TokenKeys } from "./token-keys.ts";

/** What a request carries: an access token or an API key as bearer, a key in its own header, or a browser's cookie. */
export type Presented = { bearer?: string; apiKey?: string; sessionToken?: string };

export type Authenticate = (presented: Presented) => Principal | undefined | Promise<Principal | undefined>;

/** How long a caller's state is believed: a right taken away in another process ends here after this. */
const stateMs = 5_000;
const capacity = 5_000;

type Known = { principal: Principal; loadedAt: number; generation: number };

/**
 * Finds out who calls. A caller seen within the last five seconds is answered at once, without a promise (0.3 µs); otherwise the
 * state is read once, however many requests wait for it.
 */
export function createAuthenticator(instance: Instance, keys: TokenKeys): Authenticate {
  const known = new RecentEntries<Known>(capacity);
  const verified = new RecentEntries<AccessClaims>(capacity);
  const loading = new Map<string, Promise<Principal | undefined>>();

  const loadToken = async (token: string): Promise<Principal | undefined> => {
    const claims = verified.get(token) ?? (await verifyAccessToken(keys.access, token, instance.now()));
    if (!claims || claims.expiresAt <= instance.now().getTime()) return undefined;
    verified.set(token, claims);
    return loadTokenPrincipal(instance, claims);
  };

  const load = async (kind: Kind, secret: string, name: string): Promise<Principal | undefined> => {
    const started = { loadedAt: instance.now().getTime(), generation: principalGeneration() };
    const principal = await loaders[kind](secret);
    if (principal) known.set(name, { principal, ...started });
    else known.delete(name);
    return principal;
  };

  const loaders: Record<Kind, (secret: string) => Promise<Principal | undefined>> = {
    token: loadToken,
    key: (key) => loadKeyPrincipal(instance, key),
    session: (token) => loadSessionPrincipal(instance, token),
  };

  return (presented) => {
    const { kind, secret } = kindOf(presented);
    if (secret === "" || secret.length > 4_096 || (kind === "key" && !isApiKey(secret))) return undefined;
    const name = `${kind} ${secret}`;
    const found = known.get(name);
    if (found && isFresh(found, instance.now().getTime()) && !isOver(verified, kind, secret, instance))
      return found.principal;
    const pending = `${name} ${principalGeneration()}`;
    const running = loading.get(pending) ?? load(kind, secret, name).finally(() => loading.delete(pending));
    loading.set(pending, running);
    return running;
  };
}

type Kind = "token" | "key" | "session";

function kindOf({ bearer, apiKey, sessionToken = "" }: Presented): { kind: Kind; secret: string } {
  if (bearer !== undefined) return { kind: bearer.startsWith("rpt_") ? "key" : "token", secret: bearer };
  if (apiKey !== undefined) return { kind: "key", secret: apiKey };
  return { kind: "session", secret: sessionToken };
}

function isFresh(found: Known, now: number): boolean {
  return found.generation === principalGeneration() && now - found.loadedAt < stateMs;
}

/** A token's end counts to the second, not to the next reading of the state. */
function isOver(verified: RecentEntries<AccessClaims>, kind: Kind, secret: string, instance: Instance): boolean {
  return kind === "token" && (verified.get(secret)?.expiresAt ?? 0) <= instance.now().getTime();
}
