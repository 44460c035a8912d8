import { describe, expect, test } from "vitest";
import type { EmailAccount } from "../../shared/v1/email.ts";
import { bodyOf, draftOf } from "../../web/features/settings/mail-account-draft.ts";
import { accountState, troubleWords, waysWords } from "../../web/features/settings/mail-account-words.ts";

const account: EmailAccount = {
  id: 3,
  name: "Desk",
  from_address: "desk@clinic.example",
  from_name: "The desk",
  status: "connected",
  smtp: { host: "smtp.clinic.example", port: 587, secure: false, user: "desk", has_password: true },
  imap: { host: "imap.clinic.example", port: 993, secure: true, user: "desk", mailbox: "INBOX", has_password: true },
  dkim: null,
  signature: "",
  track_opens: false,
  track_clicks: false,
  plus_addresses: true,
  imap_error: null,
  imap_checked_at: null,
  problems: [],
  version: 1,
  created_at: "2026-11-21T10:00:00Z",
  updated_at: "2026-11-21T10:00:00Z",
};

describe("a mail account stands", () => {
  test.each([
    [{}, "connected"],
    [{ status: "paused" }, "paused"],
    [{ status: "disconnected", smtp: null, imap: null }, "removed"],
    [{ status: "token_expired" }, "password refused"],
    [{ imap_error: "no such mailbox" }, "in trouble"],
    [{ smtp: null }, "only receives"],
  ])("%o as %s", (change, word) => {
    expect(accountState({ ...account, ...change }).word).toBe(word);
  });

  test("with what is wrong said once each", () => {
    const since = "2026-11-21T10:00:00Z";
    const problems = [{ problem: "mail_unread", title: "The mailbox cannot be read", details: "timed out", since }];
    expect(troubleWords({ ...account, problems, imap_error: "timed out" })).toEqual([
      "The mailbox cannot be read: timed out",
    ]);
    expect(troubleWords({ ...account, status: "token_expired" })).toHaveLength(1);
    expect(troubleWords(account)).toEqual([]);
  });

  test("with where it sends and receives", () => {
    expect(waysWords(account)).toBe("sends by smtp.clinic.example:587, receives from imap.clinic.example:993");
  });
});

describe("an account that is edited", () => {
  test("keeps its passwords, and the mailbox it reads, where none is given", () => {
    const body = bodyOf(draftOf(account));
    expect(body.smtp).toEqual({ host: "smtp.clinic.example", port: 587, secure: false, user: "desk" });
    expect(body.imap).toMatchObject({ user: "desk", mailbox: "INBOX" });
    expect(body.imap).not.toHaveProperty("password");
  });

  test("loses a server that is switched off, and needs no user to send", () => {
    const draft = draftOf({ ...account, imap: null });
    expect(bodyOf({ ...draft, smtp: { ...draft.smtp, user: " " } })).toMatchObject({
      imap: null,
      smtp: { user: null },
    });
  });
});
