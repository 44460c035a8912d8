import { randomBytes } from "node:crypto";
import { chmod, link, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { objectOf, textOf } from "../shared/json.ts";
import { openDataFolder } from "./db/embedded/data-folder.ts";
import { errorCode, fileTrouble } from "./db/embedded/file-error.ts";
import { StartupError } from "./db/startup-error.ts";

/** Keys of this installation, each 32 random bytes as base64url. */
export type Secrets = {
  /** Signs access tokens. */
  jwtKey: string;
  /** Seals channel secrets at rest (domain/accounts/seal-secret.ts). */
  encryptionKey: string;
  /** Stands in for the WhatsApp app secret where none is set, so that the simulator can sign. */
  webhookSecret: string;
  /** Stands in for WHATSAPP_VERIFY_TOKEN. */
  verifyToken: string;
  /** Signs page cursors. */
  cursorKey: string;
};

/** The secrets in `<dataDir>/secrets.json`, made on the first start. A damaged file is refused: new keys would lose what the old ones sealed. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const folder = await openDataFolder(dataDir);
  const path = join(folder, "secrets.json");
  try {
    return (await readSecrets(path)) ?? (await createSecrets(folder, path));
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`The secrets in ${path} cannot be used: ${fileTrouble(error)}.`);
  }
}

async function readSecrets(path: string): Promise<Secrets | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
  const secrets = parse(text);
  if (secrets) return secrets;
  throw new StartupError(
    `${path} is damaged: restore it from a backup, because what its keys sealed cannot be read with new ones.`,
  );
}

function parse(text: string): Secrets | undefined {
  const file = objectOf(parseJson(text));
  const jwtKey = keyOf(file?.jwtKey);
  const encryptionKey = keyOf(file?.encryptionKey);
  const webhookSecret = keyOf(file?.webhookSecret);
  const verifyToken = keyOf(file?.verifyToken);
  const cursorKey = keyOf(file?.cursorKey);
  if (!jwtKey || !encryptionKey || !webhookSecret || !verifyToken || !cursorKey) return undefined;
  return { jwtKey, encryptionKey, webhookSecret, verifyToken, cursorKey };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keyOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text && /^[\w-]{43}$/.test(text) ? text : undefined;
}

async function createSecrets(folder: string, path: string): Promise<Secrets> {
  const secrets: Secrets = {
    jwtKey: key(),
    encryptionKey: key(),
    webhookSecret: key(),
    verifyToken: key(),
    cursorKey: key(),
  };
  const unfinished = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await writeThrough(unfinished, `${JSON.stringify(secrets, null, 2)}\n`);
    // A link, because unlike a rename it never replaces keys that another process has just made.
    await link(unfinished, path);
    await syncFolder(folder);
    return secrets;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return await loadSecrets(folder);
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function key(): string {
  return randomBytes(32).toString("base64url");
}
