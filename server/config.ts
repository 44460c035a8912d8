import { isIP } from "node:net";
import { type BucketAddress, bucketAddressOf } from "./channels/bucket/bucket-address.ts";
import { StartupError } from "./db/startup-error.ts";
import { mailFromOf, type SmtpSetting, smtpUrlOf } from "./smtp-setting.ts";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** Everything that can be set from outside, validated; read once at start. README.md has the table. */
export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** An external PostgreSQL; without it the embedded one is started. */
  databaseUrl: string | undefined;
  /** Without a slash at its end; undefined where only this machine's own address is known. */
  publicUrl: string | undefined;
  admin: { email: string; password: string } | undefined;
  /** The slug of the company whose chatbot surface asks for no sign-in. */
  openChatbot: string | undefined;
  whatsapp: WhatsappConfig;
  /** The mail server by which company `main` sends. */
  smtp: SmtpSetting | undefined;
  /** Webhooks and media links may lead to loopback and private networks. */
  allowPrivateWebhooks: boolean;
  /** Where attachments are stored instead of in the data folder. */
  filesBucket: BucketAddress | undefined;
  logLevel: (typeof logLevels)[number];
  /** As Fastify takes it: whether, how many hops, or whose addresses. */
  trustProxy: boolean | number | string;
};

export type WhatsappConfig = {
  /** With the app's secret: signing numbers up from the browser (Embedded Signup). */
  appId: string | undefined;
  appSecret: string | undefined;
  verifyToken: string | undefined;
  /** With or without the API's version at its end. */
  graphUrl: string;
  /** The number that is connected to company `main` at start. */
  number: WhatsappNumber | undefined;
};

export type WhatsappNumber = {
  phoneNumberId: string;
  wabaId: string;
  businessId: string | undefined;
  accessToken: string;
};

/** Reads the settings; an empty one counts as unset. Throws one StartupError that names every wrong one. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const settings = new Settings(env);
  const host = settings.text("HOST") ?? "127.0.0.1";
  const config: Config = {
    port: settings.checked("PORT", "a number from 0 to 65535", portOf) ?? 5001,
    host,
    dataDir: settings.text("DATA_DIR") ?? "./data",
    databaseUrl: settings.checked("DATABASE_URL", "a postgres:// address", databaseUrlOf),
    publicUrl: settings.checked("PUBLIC_URL", "an http:// or https:// address", webUrlOf),
    admin: readAdmin(settings),
    openChatbot: readOpenChatbot(settings, host),
    whatsapp: readWhatsapp(settings),
    smtp: readSmtp(settings),
    allowPrivateWebhooks: settings.checked("RAPPORT_ALLOW_PRIVATE_WEBHOOKS", "true or false", flagOf) ?? false,
    filesBucket: settings.checked("FILES_BUCKET_URL", "https://<key>:<secret>@<host>/<bucket>", bucketAddressOf),
    logLevel: settings.checked("LOG_LEVEL", `one of ${logLevels.join(", ")}`, logLevelOf) ?? "info",
    trustProxy:
      settings.checked("TRUST_PROXY", "true, false, a number of proxies or a list of their addresses", trustOf) ??
      false,
  };
  if (settings.problems.length === 0) return config;
  throw new StartupError(`Rapport cannot start with these settings: ${settings.problems.join("; ")}.`);
}

class Settings {
  readonly problems: string[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  text(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** Spaces around a password belong to it. */
  password(name: string): string | undefined {
    const text = this.#env[name] || undefined;
    if (text !== undefined && text.length < 8) this.problems.push(`${name} must be at least 8 characters long`);
    return text;
  }

  /** The value is not repeated in the complaint: half of these are secrets or hold one. */
  checked<T>(name: string, wanted: string, parse: (text: string) => T | undefined): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value === undefined) this.problems.push(`${name} must be ${wanted}`);
    return value;
  }
}

function readAdmin(settings: Settings): Config["admin"] {
  const email = settings.checked("RAPPORT_ADMIN_EMAIL", "a mail address", emailOf);
  const password = settings.password("RAPPORT_ADMIN_PASSWORD");
  requireTogether(settings, ["RAPPORT_ADMIN_EMAIL", "RAPPORT_ADMIN_PASSWORD"]);
  return email && password ? { email, password } : undefined;
}

function readOpenChatbot(settings: Settings, host: string): string | undefined {
  const slug = settings.checked("RAPPORT_OPEN_CHATBOT", "the slug of a company", slugOf);
  if (slug !== undefined && !isLoopback(host)) {
    settings.problems.push(
      `RAPPORT_OPEN_CHATBOT opens a company without sign-in and so needs HOST to be 127.0.0.1, not ${host}`,
    );
  }
  return slug;
}

function readSmtp(settings: Settings): SmtpSetting | undefined {
  const server = settings.checked("SMTP_URL", "smtp://user:password@host:port, or smtps://", smtpUrlOf);
  const given = settings.checked("SMTP_FROM", "a mail address, or Name <address>", mailFromOf);
  if (!server) return undefined;
  const from = given ?? mailFromOf(server.user ?? "");
  if (from) return { ...server, ...from };
  settings.problems.push("SMTP_FROM is missing, which SMTP_URL needs: the address mails come from");
  return undefined;
}

function readWhatsapp(settings: Settings): WhatsappConfig {
  return {
    appId: settings.checked("WHATSAPP_APP_ID", "an id of digits", idOf),
    appSecret: settings.text("WHATSAPP_APP_SECRET"),
    verifyToken: settings.text("WHATSAPP_VERIFY_TOKEN"),
    graphUrl:
      settings.checked("WHATSAPP_GRAPH_URL", "an http:// or https:// address", webUrlOf) ??
      "https://graph.facebook.com",
    number: readNumber(settings),
  };
}

function readNumber(settings: Settings): WhatsappNumber | undefined {
  const phoneNumberId = settings.checked("WHATSAPP_PHONE_NUMBER_ID", "an id of digits", idOf);
  const wabaId = settings.checked("WHATSAPP_WABA_ID", "an id of digits", idOf);
  const businessId = settings.checked("WHATSAPP_BUSINESS_ID", "an id of digits", idOf);
  const accessToken = settings.text("WHATSAPP_ACCESS_TOKEN");
  const needed = ["WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_WABA_ID", "WHATSAPP_ACCESS_TOKEN"];
  requireTogether(settings, needed, ["WHATSAPP_BUSINESS_ID"]);
  return phoneNumberId && wabaId && accessToken ? { phoneNumberId, wabaId, businessId, accessToken } : undefined;
}

/** All of them or none; one of `alsoAsk` asks for them too. */
function requireTogether(settings: Settings, names: string[], alsoAsk: string[] = []): void {
  const given = [...names, ...alsoAsk].find((name) => settings.text(name) !== undefined);
  if (given === undefined) return;
  const missing = names.filter((name) => settings.text(name) === undefined);
  settings.problems.push(...missing.map((name) => `${name} is missing, which ${given} needs`));
}

function portOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function databaseUrlOf(text: string): string | undefined {
  return /^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? "") ? text : undefined;
}

function webUrlOf(text: string): string | undefined {
  const url = urlOf(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) return undefined;
  return text.replace(/\/+$/, "");
}

function urlOf(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}

function emailOf(text: string): string | undefined {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined;
}

function slugOf(text: string): string | undefined {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(text) ? text : undefined;
}

function idOf(text: string): string | undefined {
  return /^\d{1,30}$/.test(text) ? text : undefined;
}

function logLevelOf(text: string): Config["logLevel"] | undefined {
  return logLevels.find((level) => level === text.toLowerCase());
}

function flagOf(text: string): boolean | undefined {
  if (text === "true") return true;
  return text === "false" ? false : undefined;
}

function trustOf(text: string): Config["trustProxy"] | undefined {
  if (text === "true") return true;
  if (text === "false") return false;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const addresses = text.split(",").map((address) => address.trim());
  return addresses.every(isAddressRange) ? addresses.join(",") : undefined;
}

function isAddressRange(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const bits = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
