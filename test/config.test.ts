import { describe, expect, test } from "vitest";
import { readConfig } from "../server/config.ts";
import { StartupError } from "../server/db/startup-error.ts";

test("without settings the defaults hold", () => {
  expect(readConfig({})).toEqual({
    port: 5001,
    host: "127.0.0.1",
    dataDir: "./data",
    databaseUrl: undefined,
    publicUrl: undefined,
    admin: undefined,
    openChatbot: undefined,
    whatsapp: {
      appId: undefined,
      appSecret: undefined,
      verifyToken: undefined,
      graphUrl: "https://graph.facebook.com",
      number: undefined,
    },
    smtp: undefined,
    allowPrivateWebhooks: false,
    logLevel: "info",
    trustProxy: false,
  });
});

test("an empty setting counts as unset", () => {
  expect(readConfig({ PORT: "", HOST: " ", WHATSAPP_WABA_ID: "", RAPPORT_ADMIN_PASSWORD: "" })).toEqual(readConfig({}));
});

describe("a setting is read", () => {
  const number = { WHATSAPP_PHONE_NUMBER_ID: "111", WHATSAPP_WABA_ID: "222", WHATSAPP_ACCESS_TOKEN: "token" };
  test.each([
    [{ PORT: "8080" }, { port: 8080 }],
    [{ PORT: "0" }, { port: 0 }],
    [{ HOST: "0.0.0.0" }, { host: "0.0.0.0" }],
    [{ DATA_DIR: "/srv/rapport" }, { dataDir: "/srv/rapport" }],
    [{ DATABASE_URL: "postgresql://me@db/crm" }, { databaseUrl: "postgresql://me@db/crm" }],
    [{ PUBLIC_URL: "https://crm.example.com/" }, { publicUrl: "https://crm.example.com" }],
    [
      { RAPPORT_ADMIN_EMAIL: "ana@example.com", RAPPORT_ADMIN_PASSWORD: " eight ch" },
      { admin: { email: "ana@example.com", password: " eight ch" } },
    ],
    [{ RAPPORT_OPEN_CHATBOT: "main" }, { openChatbot: "main" }],
    [{ RAPPORT_OPEN_CHATBOT: "main", HOST: "localhost" }, { openChatbot: "main" }],
    [{ RAPPORT_OPEN_CHATBOT: "main", HOST: "::1" }, { openChatbot: "main" }],
    [
      number,
      { whatsapp: { number: { phoneNumberId: "111", wabaId: "222", businessId: undefined, accessToken: "token" } } },
    ],
    [{ ...number, WHATSAPP_BUSINESS_ID: "333" }, { whatsapp: { number: { businessId: "333" } } }],
    [{ WHATSAPP_GRAPH_URL: "http://127.0.0.1:9/v25.0/" }, { whatsapp: { graphUrl: "http://127.0.0.1:9/v25.0" } }],
    [{ LOG_LEVEL: "WARN" }, { logLevel: "warn" }],
    [{ TRUST_PROXY: "true" }, { trustProxy: true }],
    [{ TRUST_PROXY: "2" }, { trustProxy: 2 }],
    [{ TRUST_PROXY: "10.0.0.0/8, ::1" }, { trustProxy: "10.0.0.0/8,::1" }],
  ])("%o", (env, expected) => {
    expect(readConfig(env)).toMatchObject(expected);
  });
});

describe("a wrong setting is named", () => {
  test.each([
    [{ PORT: "http" }, "PORT must be a number from 0 to 65535"],
    [{ PORT: "65536" }, "PORT must be"],
    [{ DATABASE_URL: "mysql://db" }, "DATABASE_URL must be a postgres:// address"],
    [{ PUBLIC_URL: "crm.example.com" }, "PUBLIC_URL must be an http:// or https:// address"],
    [{ PUBLIC_URL: "https://crm.example.com/?a" }, "PUBLIC_URL must be"],
    [{ RAPPORT_ADMIN_EMAIL: "ana@example.com" }, "RAPPORT_ADMIN_PASSWORD is missing, which RAPPORT_ADMIN_EMAIL needs"],
    [{ RAPPORT_ADMIN_PASSWORD: "long enough" }, "RAPPORT_ADMIN_EMAIL is missing, which RAPPORT_ADMIN_PASSWORD needs"],
    [
      { RAPPORT_ADMIN_EMAIL: "a@b", RAPPORT_ADMIN_PASSWORD: "short" },
      "RAPPORT_ADMIN_PASSWORD must be at least 8 characters long",
    ],
    [
      { RAPPORT_ADMIN_EMAIL: "ana", RAPPORT_ADMIN_PASSWORD: "long enough" },
      "RAPPORT_ADMIN_EMAIL must be a mail address",
    ],
    [{ RAPPORT_OPEN_CHATBOT: "main", HOST: "0.0.0.0" }, "RAPPORT_OPEN_CHATBOT opens a company without sign-in"],
    [{ RAPPORT_OPEN_CHATBOT: "main", HOST: "127.example.com" }, "RAPPORT_OPEN_CHATBOT opens a company without sign-in"],
    [{ RAPPORT_OPEN_CHATBOT: "Not A Slug" }, "RAPPORT_OPEN_CHATBOT must be the slug of a company"],
    [
      { WHATSAPP_PHONE_NUMBER_ID: "1", WHATSAPP_ACCESS_TOKEN: "t" },
      "WHATSAPP_WABA_ID is missing, which WHATSAPP_PHONE_NUMBER_ID needs",
    ],
    [{ WHATSAPP_BUSINESS_ID: "1" }, "WHATSAPP_PHONE_NUMBER_ID is missing, which WHATSAPP_BUSINESS_ID needs"],
    [{ WHATSAPP_WABA_ID: "x" }, "WHATSAPP_WABA_ID must be an id of digits"],
    [{ WHATSAPP_GRAPH_URL: "graph" }, "WHATSAPP_GRAPH_URL must be"],
    [{ RAPPORT_ALLOW_PRIVATE_WEBHOOKS: "yes" }, "RAPPORT_ALLOW_PRIVATE_WEBHOOKS must be true or false"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of trace, debug, info"],
    [{ TRUST_PROXY: "10.0.0.0/33" }, "TRUST_PROXY must be"],
  ])("%o", (env, expected) => {
    expect(() => readConfig(env)).toThrow(expected);
  });
});

test("all problems stand in one message, and no value of a secret does", () => {
  const read = () => readConfig({ PORT: "x", DATABASE_URL: "mysql://me:hidden@db", RAPPORT_ADMIN_PASSWORD: "hidden" });
  expect(read).toThrow(StartupError);
  expect(read).toThrow(
    "Rapport cannot start with these settings: PORT must be a number from 0 to 65535; DATABASE_URL must be a postgres:// address; " +
      "RAPPORT_ADMIN_PASSWORD must be at least 8 characters long; RAPPORT_ADMIN_EMAIL is missing, which RAPPORT_ADMIN_PASSWORD needs.",
  );
  expect(read).not.toThrow("hidden");
});

describe("the mail server", () => {
  test.each([
    [
      "smtp://desk%40clinic.example:p%3Aw@mail.example",
      {
        host: "mail.example",
        port: 587,
        secure: false,
        user: "desk@clinic.example",
        password: "p:w",
        fromAddress: "desk@clinic.example",
        fromName: "",
      },
    ],
    [
      "smtps://mail.example",
      { port: 465, secure: true, user: null, password: null, fromAddress: "hello@clinic.example", fromName: "Clinic" },
    ],
    ["smtp://[::1]:2525", { host: "::1", port: 2525 }],
  ])("is read from %s", (url, expected) => {
    const from = url.includes("desk") ? {} : { SMTP_FROM: "Clinic <hello@clinic.example>" };
    expect(readConfig({ SMTP_URL: url, ...from }).smtp).toMatchObject(expected);
  });

  test.each([
    [{ SMTP_URL: "https://mail.example" }, "SMTP_URL must be smtp://user:password@host:port, or smtps://"],
    [{ SMTP_URL: "smtp://user@mail.example" }, "SMTP_URL must be"],
    [{ SMTP_URL: "smtp://mail.example" }, "SMTP_FROM is missing, which SMTP_URL needs"],
    [{ SMTP_URL: "smtp://mail.example", SMTP_FROM: "nobody" }, "SMTP_FROM must be a mail address"],
  ])("is refused without repeating its password: %o", (env, words) => {
    expect(() => readConfig(env)).toThrow(words);
  });
});
