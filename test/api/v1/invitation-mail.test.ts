import { describe, expect, test } from "vitest";
import { connectMailbox } from "../../factories/email-account.ts";
import { smtpDouble, smtpRefusal } from "../../fakes/smtp-double.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const t = await testApp({ allowPrivateWebhooks: true });

async function office() {
  const companyId = await t.createCompany();
  const headers = await t.headers("admin", companyId);
  const post = (url: string, payload: object) => t.app.inject({ method: "POST", url, headers, payload });
  const invite = async (email: string) => (await post("/v1/invitations", { email, role: "manager" })).json();
  const mail = (id: number, token: string) => post(`/v1/invitations/${id}/mail`, { token });
  return { companyId, ctx: t.ctx(companyId), headers, post, invite, mail };
}

const decoded = (raw: string) => raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");

describe("an invitation's mail", () => {
  test("goes to its address by the company's e-mail account, and the link in it lets in", async () => {
    const { ctx, invite, mail, companyId } = await office();
    const server = await smtpDouble();
    await connectMailbox(ctx, server.port);
    const made = await invite("new@people.example");
    expect((await mail(made.id, made.token)).json()).toEqual({ mailed: true, message: "The invitation was sent." });
    expect(server.mails).toMatchObject([{ from: "desk@clinic.example", to: ["new@people.example"] }]);
    const link = /https?:\/\/\S+\/invitation\/([\w-]+)/.exec(decoded(server.mails[0]?.raw ?? ""));
    expect(link?.[1]).toBe(made.token);
    expect((await t.app.inject({ url: `/auth/invitations/${link?.[1]}` })).json()).toMatchObject({ role: "manager" });
    expect(
      await rows(t.db, `select type from events where company_id = ${companyId} and type = 'invitation.mailed'`),
    ).toHaveLength(1);
  });

  test("that nobody could take says so, and the invitation stays", async () => {
    const { ctx, invite, mail } = await office();
    const made = await invite("first@people.example");
    expect((await mail(made.id, made.token)).json()).toEqual({
      mailed: false,
      message: "No e-mail account that sends is connected.",
    });
    const server = await smtpDouble({ recipient: () => smtpRefusal(550, "no such person") });
    await connectMailbox(ctx, server.port);
    expect((await mail(made.id, made.token)).json()).toMatchObject({
      mailed: false,
      message: expect.stringContaining("no such person"),
    });
    expect((await t.app.inject({ url: `/auth/invitations/${made.token}` })).statusCode).toBe(200);
  });

  test("is refused for another link, another company's and one that has ended", async () => {
    const { invite, mail, headers } = await office();
    const other = await office();
    const made = await invite("one@people.example");
    const second = await invite("two@people.example");
    expect((await mail(made.id, second.token)).statusCode).toBe(404);
    expect((await other.mail(made.id, made.token)).statusCode).toBe(404);
    await t.app.inject({ method: "DELETE", url: `/v1/invitations/${made.id}`, headers });
    expect((await mail(made.id, made.token)).statusCode).toBe(404);
    const payload = { token: second.token };
    const manager = await t.headers("manager");
    const url = `/v1/invitations/${second.id}/mail`;
    expect((await t.app.inject({ method: "POST", url, headers: manager, payload })).statusCode).toBe(403);
  });
});
