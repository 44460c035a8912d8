import type { Config } from "../config.ts";
import { createCompanyCommand } from "./create-company-command.ts";
import { createUserCommand } from "./create-user-command.ts";
import { doctor } from "./doctor.ts";
import { migrateCommand } from "./migrate-command.ts";
import { withDatabase } from "./open-database.ts";
import { recordsCheckCommand, recordsRebuildCommand } from "./records-command.ts";
import { removeDemoCommand } from "./remove-demo-command.ts";
import { replay } from "./replay.ts";
import { resetPasswordCommand } from "./reset-password-command.ts";
import { rollupsCheckCommand, rollupsRebuildCommand } from "./rollups-command.ts";
import { serve } from "./serve.ts";
import { setSubscriptionCommand } from "./set-subscription-command.ts";
import { work } from "./work.ts";

export type Command = {
  words: string[];
  usage: string;
  summary: string;
  /** A number it gives is the exit code. */
  run: (config: Config, argv: string[]) => Promise<unknown>;
};

export const commands: Command[] = [
  { words: ["serve"], usage: "serve [--demo]", summary: "server and worker in one process", run: serve },
  { words: ["work"], usage: "work", summary: "a worker alone, beside servers on the same DATABASE_URL", run: work },
  {
    words: ["migrate"],
    usage: "migrate [--dry-run]",
    summary: "bring the database up to this version",
    run: migrateCommand,
  },
  { words: ["doctor"], usage: "doctor", summary: "what is healthy, what waits, what failed", run: doctor },
  {
    words: ["replay"],
    usage: "replay [--all] [--since <ISO time>]",
    summary: "process stored webhook bodies and mails again",
    run: replay,
  },
  {
    words: ["company", "create"],
    usage: "company create --slug <slug> --admin-email <mail> --admin-password <password> [--name <name>]",
    summary: "a further company with its admin",
    run: (config, argv) => withDatabase(config, (db) => createCompanyCommand(db, argv)),
  },
  {
    words: ["user", "create"],
    usage: "user create --company <slug> --email <mail> --role <role> [--name <name>] [--password <password>]",
    summary: "a user, with a password or a one-time link",
    run: (config, argv) => withDatabase(config, (db) => createUserCommand(db, config, argv)),
  },
  {
    words: ["user", "password-reset"],
    usage: "user password-reset --email <mail>",
    summary: "a one-time link to set a new password",
    run: (config, argv) => withDatabase(config, (db) => resetPasswordCommand(db, config, argv)),
  },
  {
    words: ["subscription", "set"],
    usage: "subscription set --company <slug> --status <status> [--plan <plan>] [--ends-at <ISO time>]",
    summary: "a company's subscription",
    run: (config, argv) => withDatabase(config, (db) => setSubscriptionCommand(db, argv)),
  },
  {
    words: ["rollups", "check"],
    usage: "rollups check [--company <slug>]",
    summary: "whether what dashboards read equals a recount",
    run: (config, argv) => withDatabase(config, (db) => rollupsCheckCommand(db, argv)),
  },
  {
    words: ["rollups", "rebuild"],
    usage: "rollups rebuild [--company <slug>]",
    summary: "make it equal to a recount, beside a running server too",
    run: (config, argv) => withDatabase(config, (db) => rollupsRebuildCommand(db, argv)),
  },
  {
    words: ["records", "check"],
    usage: "records check [--company <slug>]",
    summary: "whether customer records equal a recount of visits and points",
    run: (config, argv) => withDatabase(config, (db) => recordsCheckCommand(db, argv)),
  },
  {
    words: ["records", "rebuild"],
    usage: "records rebuild [--company <slug>]",
    summary: "make them equal to a recount, beside a running server too",
    run: (config, argv) => withDatabase(config, (db) => recordsRebuildCommand(db, argv)),
  },
  {
    words: ["demo", "remove"],
    usage: "demo remove",
    summary: "delete the demo company and everything in it",
    run: (config) => withDatabase(config, removeDemoCommand),
  },
];

export function usage(): string {
  const lines = commands.map(({ usage: words, summary }) => `  rapport ${words}\n      ${summary}`);
  return `Usage: npm run -s rapport -- <command>\n\n${lines.join("\n")}`;
}
