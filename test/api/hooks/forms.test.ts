import { beforeAll, describe, expect, test } from "vitest";
import { rows } from "../../harness/rows.ts";
import { type TestApp, testApp } from "../../harness/test-app.ts";

const fields = [
  { name: "full_name", label: "Your name", target: "name", required: true },
  { name: "mail", label: "E-mail", target: "email" },
  { name: "mobile", label: "Phone", target: "phone" },
  { name: "wish", label: "What can we do for you?", target: "need" },
  { name: "heard", label: "Heard of us", target: "note" },
];
const consentText = "I agree to be written to about <offers>.";

describe("a public form", () => {
  let server: TestApp;
  let headers: Record<string, string>;
  let url: string;
  let formId: number;
  let visitor = 0;

  beforeAll(async () => {
    server = await testApp();
    headers = await server.headers();
    const payload = { name: 'Ask "us"', fields, consent_text: consentText, source: "landing page", tags: ["web"] };
    const answer = await server.app.inject({ method: "POST", url: "/v1/forms", headers, payload });
    expect(answer.statusCode, answer.body).toBe(201);
    ({ url, id: formId } = answer.json());
  });

  /** Each from an address of its own, so that the limit of one test is not another's. */
  const post = (payload: Record<string, unknown>, more: Record<string, string> = {}) => {
    visitor += 1;
    return server.app.inject({
      method: "POST",
      url,
      payload,
      headers: more,
      remoteAddress: `10.1.${visitor >> 8}.${visitor & 255}`,
    });
  };
  const asPage = { "content-type": "application/x-www-form-urlencoded", accept: "text/html" };
  const postPage = (values: Record<string, string>) =>
    server.app.inject({
      method: "POST",
      url,
      payload: new URLSearchParams(values).toString(),
      headers: asPage,
      remoteAddress: "10.9.9.9",
    });

  test("becomes a lead with consent, score, task, notification, tag and a word in the timeline", async () => {
    const answer = await post({
      full_name: "Ida Berg",
      mail: "ida@example.com",
      mobile: "+49 30 901820",
      wish: "A new roof",
      heard: "radio",
      consent: true,
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { success: true, message: expect.any(String) }]);
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    const [person] = await rows(
      server.db,
      "select id, name, email, phone, source from contacts where email = 'ida@example.com'",
    );
    expect(person).toMatchObject({ name: "Ida Berg", phone: "+4930901820", source: "landing page" });
    const of = (table: string, columns: string) =>
      rows(server.db, `select ${columns} from ${table} where contact_id = ${Number(person?.id)} order by 1`);
    expect(await of("leads", "stage, source, need")).toEqual([
      { stage: "new", source: "landing page", need: "A new roof" },
    ]);
    expect(await of("contact_consents", "channel, purpose, state, evidence ->> 'text' as text")).toEqual([
      { channel: "email", purpose: "marketing", state: "granted", text: consentText },
      { channel: "whatsapp", purpose: "marketing", state: "granted", text: consentText },
    ]);
    const [task] = await of("tasks", "title, description");
    expect(task).toMatchObject({
      title: "Answer Ida Berg",
      description: expect.stringContaining("Heard of us: radio"),
    });
    expect(await of("form_submissions", "outcome, consented, consent_text")).toEqual([
      { outcome: "new", consented: true, consent_text: consentText },
    ]);
    expect(await of("events", "type")).toEqual(
      expect.arrayContaining([{ type: "form.submitted" }, { type: "lead.created" }]),
    );
    expect(await of("contact_tags", "tag_id")).toHaveLength(1);
    const [lead] = await of("leads", "id");
    const read = await server.app.inject({ url: `/api/crm/leads/${Number(lead?.id)}`, headers });
    expect(read.json().activities).toMatchObject([{ type: "created" }, { type: "task_created" }]);
    const listed = await server.app.inject({ method: "GET", url: `/v1/forms/${formId}/submissions`, headers });
    expect(listed.json().data[0]).toMatchObject({ contact_id: Number(person?.id), values: { heard: "radio" } });
  });

  test("clicked ten times at once is one submission", async () => {
    const values = { full_name: "Cy Fast", mail: "cy@example.com" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(values)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200));
    expect(
      await rows(
        server.db,
        "select l.id from leads l join contacts c on c.id = l.contact_id where c.email = 'cy@example.com'",
      ),
    ).toHaveLength(1);
    expect(
      await rows(server.db, `select id from form_submissions where "values" ->> 'mail' = 'cy@example.com'`),
    ).toHaveLength(1);
  });

  test("from somebody known changes nothing of their record and says the same", async () => {
    const known = { name: "Real Name", email: "known@example.com", phone: "+49 30 901821" };
    await server.app.inject({ method: "POST", url: "/v1/contacts", headers, payload: known });
    const answer = await post({ full_name: "Some Joker", mail: "known@example.com", wish: "Nothing" });
    expect(answer.json().message).toBe(
      (await post({ full_name: "New One", mail: "new-one@example.com" })).json().message,
    );
    const [person] = await rows(server.db, "select id, name, email from contacts where email = 'known@example.com'");
    expect(person).toMatchObject({ name: "Real Name" });
    const outcome = `select outcome from form_submissions where contact_id = ${Number(person?.id)}`;
    expect(await rows(server.db, outcome)).toEqual([{ outcome: "known" }]);
  });

  test("grants no consent again that somebody known withdrew: anybody can type their address", async () => {
    const known = { name: "Una Left", email: "una@example.com", phone: "+49 30 901822" };
    const made = await server.app.inject({ method: "POST", url: "/v1/contacts", headers, payload: known });
    const consents = `/v1/contacts/${made.json().id}/consents`;
    const left = { channel: "email", purpose: "marketing", state: "withdrawn", source: "unsubscribed" };
    await server.app.inject({ method: "POST", url: consents, headers, payload: left });
    const values = { full_name: "Una Left", mail: "una@example.com", mobile: "+49 30 901822", consent: true };
    expect((await post(values)).statusCode).toBe(200);
    const { data } = (await server.app.inject({ url: consents, headers })).json();
    expect(data.map(({ channel, state }: { channel: string; state: string }) => [channel, state])).toEqual([
      ["whatsapp", "granted"],
      ["email", "withdrawn"],
    ]);
    expect(await rows(server.db, `select description from tasks where contact_id = ${Number(made.json().id)}`)).toEqual(
      [{ description: expect.stringContaining("Ticked the consent, and had withdrawn it before by e-mail") }],
    );
    expect(
      await rows(server.db, `select consented from form_submissions where contact_id = ${Number(made.json().id)}`),
    ).toEqual([{ consented: true }]);
  });

  test("grants nothing to who stopped everything on that channel: a form takes no STOP back", async () => {
    const known = { name: "Sten Stop", email: "sten@example.com", phone: "+49 30 901823" };
    const made = await server.app.inject({ method: "POST", url: "/v1/contacts", headers, payload: known });
    const consents = `/v1/contacts/${made.json().id}/consents`;
    const stopped = { channel: "whatsapp", purpose: "all", state: "withdrawn", source: "a call" };
    await server.app.inject({ method: "POST", url: consents, headers, payload: stopped });
    await post({ full_name: "Sten Stop", mail: "sten@example.com", mobile: "+49 30 901823", consent: true });
    const { data } = (await server.app.inject({ url: consents, headers })).json();
    expect(data.map(({ channel, state }: { channel: string; state: string }) => [channel, state])).toEqual([
      ["email", "granted"],
      ["whatsapp", "withdrawn"],
    ]);
  });

  test("filled in by a program is kept as spam, makes nobody, and the program is thanked", async () => {
    const before = await rows(server.db, "select count(*) from contacts");
    const answer = await post({ full_name: "Bot", mail: "bot@example.com", homepage: "https://spam.example" });
    expect(answer.statusCode).toBe(200);
    expect(await rows(server.db, "select count(*) from contacts")).toEqual(before);
    expect(await rows(server.db, "select contact_id from form_submissions where outcome = 'spam'")).toEqual([
      { contact_id: null },
    ]);
  });

  test.each([
    [{}, ["full_name", "mail"]],
    [{ full_name: "A", mail: "no address" }, ["mail"]],
    [{ full_name: "A", mobile: "12" }, ["mobile"]],
    [{ full_name: { first: "A" }, mail: ["a@example.com"] }, ["full_name", "mail"]],
    [{ full_name: "x".repeat(6_000), mail: "a@example.com" }, ["full_name"]],
  ])("says what is wrong by the fields' names: %j", async (values, wrong) => {
    const answer = await post(values);
    expect([answer.statusCode, Object.keys(answer.json().errors)]).toEqual([422, wrong]);
  });

  test("is a page without script that keeps what was typed, escaped", async () => {
    const page = await server.app.inject({ method: "GET", url });
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.body).toContain("Ask &quot;us&quot;");
    expect(page.body).toContain("&lt;offers&gt;");
    expect(page.body).not.toContain("<script");
    const again = await postPage({ full_name: '"><script>alert(1)</script>', mail: "wrong" });
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('aria-invalid="true"');
    expect(again.body).not.toContain("<script>");
    const thanked = await postPage({ full_name: "Page Person", mail: "page@example.com" });
    expect([thanked.statusCode, thanked.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  });

  test("takes what a page's script sends as FormData", async () => {
    const data = new FormData();
    data.set("full_name", "Forma Data");
    data.set("mail", "formdata@example.com");
    const encoded = new Response(data);
    const answer = await server.app.inject({
      method: "POST",
      url,
      headers: { "content-type": encoded.headers.get("content-type") ?? "" },
      payload: Buffer.from(await encoded.arrayBuffer()),
    });
    expect([answer.statusCode, answer.json().success]).toEqual([200, true]);
    expect(await rows(server.db, "select name from contacts where email = 'formdata@example.com'")).toEqual([
      { name: "Forma Data" },
    ]);
  });

  test("sends a browser on where the company wants it", async () => {
    const payload = { redirect_url: "https://www.example.com/thanks?a=1" };
    await server.app.inject({ method: "PATCH", url: `/v1/forms/${formId}`, headers, payload });
    const answer = await postPage({ full_name: "On Ward", mail: "onward@example.com" });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, payload.redirect_url]);
    const back = { redirect_url: null };
    await server.app.inject({ method: "PATCH", url: `/v1/forms/${formId}`, headers, payload: back });
  });

  test("takes ten a minute from one address", async () => {
    const from = (each: number) =>
      server.app.inject({
        method: "POST",
        url,
        payload: { full_name: "M", mail: `many${each}@example.com` },
        remoteAddress: "10.2.2.2",
      });
    const answers = [];
    for (let each = 0; each < 21; each += 1) answers.push(await from(each));
    // A minute may turn meanwhile.
    expect(answers.filter(({ statusCode }) => statusCode === 200).length).toBeLessThanOrEqual(20);
    expect(answers[0]?.headers).toMatchObject({
      "ratelimit-policy": '"form";q=10;w=60',
      ratelimit: expect.any(String),
    });
    expect(answers.find(({ statusCode }) => statusCode === 429)?.headers).toMatchObject({
      "retry-after": expect.any(String),
      "ratelimit-policy": '"form";q=10;w=60',
      ratelimit: expect.stringMatching(/^"form";r=0;t=\d+$/),
    });
  });

  test("needs the tick where the consent is required", async () => {
    const payload = { name: "Strict", fields, consent_text: "Yes", consent_required: true };
    const strict = (await server.app.inject({ method: "POST", url: "/v1/forms", headers, payload })).json();
    const send = (consent: string) =>
      server.app.inject({
        method: "POST",
        url: strict.url,
        payload: { full_name: "T", mail: "t@example.com", consent },
      });
    expect((await send("")).json().errors).toHaveProperty("consent");
    expect((await send("on")).statusCode).toBe(200);
  });

  test("that is closed, unknown or another's cannot be reached", async () => {
    const made = (
      await server.app.inject({ method: "POST", url: "/v1/forms", headers, payload: { name: "Old", fields } })
    ).json();
    await server.app.inject({ method: "PATCH", url: `/v1/forms/${made.id}`, headers, payload: { active: false } });
    for (const path of [made.url, "/forms/nobody-has-this-key-at-all", "/forms/x"])
      expect((await server.app.inject({ method: "POST", url: path, payload: {} })).statusCode).toBe(404);
    const stranger = await server.headers("admin", await server.createCompany("elsewhere"));
    expect((await server.app.inject({ method: "GET", url: `/v1/forms/${formId}`, headers: stranger })).statusCode).toBe(
      404,
    );
    const sales = await server.headers("salesperson");
    const refused = await server.app.inject({ method: "DELETE", url: `/v1/forms/${formId}`, headers: sales });
    expect(refused.statusCode).toBe(403);
  });

  test.each([
    ["no way to answer", [{ name: "a", label: "A", target: "name" }]],
    ["two of one name", [...fields, fields[0]]],
    ["the hidden field's name", [...fields, { name: "homepage", label: "Page", target: "note" }]],
    ["two for one target", [...fields, { name: "mail2", label: "Mail", target: "email" }]],
  ])("is refused with %s", async (_what, wrong) => {
    const answer = await server.app.inject({
      method: "POST",
      url: "/v1/forms",
      headers,
      payload: { name: "X", fields: wrong },
    });
    expect(answer.statusCode).toBe(400);
  });
});
