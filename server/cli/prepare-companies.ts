import type { Config } from "../config.ts";
import type { Db } from "../db/connection.ts";
import { isAdminOfSettings } from "../domain/accounts/admin-of-settings.ts";
import { companyBySlug } from "../domain/accounts/company-by-slug.ts";
import { ensureFirstCompany } from "../domain/accounts/ensure-first-company.ts";
import { sealSecret } from "../domain/accounts/seal-secret.ts";
import { connectNumber } from "../domain/channels/connect-number.ts";
import { createCtx } from "../domain/context.ts";
import { ensureEmailAccount } from "../domain/email/ensure-email-account.ts";
import type { Secrets } from "../secrets.ts";

type Line = (address: string) => string;

/** What a start makes sure of: the first company, the number of the settings, the demo. Returns what is worth printing. */
export async function prepareCompanies(
  db: Db,
  config: Config,
  secrets: Secrets,
  options: { demo: boolean },
): Promise<Line[]> {
  const lines: Line[] = [];
  const { companyId, signInLinkToken } = await ensureFirstCompany(db, {
    ...(config.admin === undefined ? {} : { adminEmail: config.admin.email, adminPassword: config.admin.password }),
  });
  if (options.demo) lines.push(...(await prepareDemo(db)));
  else if (signInLinkToken !== undefined)
    lines.push((address) => `Sign in once with this link: ${address}/sign-in/${signInLinkToken}`);
  if (config.admin && !(await isAdminOfSettings(db, companyId, config.admin)))
    lines.push(
      () =>
        "RAPPORT_ADMIN_EMAIL and RAPPORT_ADMIN_PASSWORD changed nothing: they are for the first start, and company main has an admin. " +
        "Make another with: npm run -s rapport -- user create",
    );
  const { number } = config.whatsapp;
  if (number) {
    const accessTokenSealed = sealSecret(secrets.encryptionKey, number.accessToken);
    await connectNumber(db, { companySlug: "main", ...number, accessTokenSealed });
  }
  if (config.smtp) await connectMail(db, config.smtp, secrets);
  return lines;
}

async function connectMail(
  db: Db,
  { host, port, secure, user, password, ...from }: NonNullable<Config["smtp"]>,
  { encryptionKey }: Secrets,
): Promise<void> {
  const company = await companyBySlug(db, "main");
  if (!company) return;
  const ctx = createCtx({ db, companyId: company.id, actor: { kind: "system" } });
  const smtp = { host, port, secure, user };
  await ensureEmailAccount(ctx, { ...from, smtp, smtpPassword: password }, encryptionKey);
}

async function prepareDemo(db: Db): Promise<Line[]> {
  // Loaded only here: an ordinary start has no use for its texts.
  const { seedDemo } = await import("../demo/seed-demo.ts");
  const { signInLinkToken } = await seedDemo(db, new Date());
  return [
    (address) => `The demo company is there. Sign in once with this link: ${address}/sign-in/${signInLinkToken}`,
    () => "Remove it with: npm run -s rapport -- demo remove",
  ];
}
