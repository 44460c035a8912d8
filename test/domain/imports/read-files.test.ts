import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { decodeUpload } from "../../../server/domain/imports/decode-upload.ts";
import { detectDelimiter } from "../../../server/domain/imports/detect-delimiter.ts";
import { headerNames } from "../../../server/domain/imports/header-names.ts";
import { readCsv } from "../../../server/domain/imports/read-csv.ts";
import { readPerson } from "../../../server/domain/imports/read-person.ts";
import { suggestMapping } from "../../../server/domain/imports/suggest-mapping.ts";

async function read(file: Buffer) {
  const { text, encoding } = decodeUpload(file);
  const { delimiter, body } = detectDelimiter(text);
  return { encoding, delimiter, rows: await Array.fromAsync(readCsv(body, delimiter)) };
}

const shared = fileURLToPath(new URL("../../../../shared/fixtures/csv-spectrum", import.meta.url));

describe.skipIf(!existsSync(shared))("csv-spectrum (skipped where ../shared is absent)", () => {
  const files = existsSync(shared) ? readdirSync(join(shared, "csvs")) : [];
  test.each(files)("%s is read right", async (name) => {
    const { rows } = await read(readFileSync(join(shared, "csvs", name)));
    const [header = [], ...records] = rows;
    const objects = records.map((record) => Object.fromEntries(header.map((key, index) => [key, record[index]])));
    const expected = JSON.parse(readFileSync(join(shared, "json", name.replace(".csv", ".json")), "utf8"));
    expect(sameEnds(objects)).toEqual(sameEnds([expected].flat()));
  });
});

// Two of the files disagree with their own JSON: in the ends of lines within quotes, and in a phone number.
function sameEnds(records: object[]): unknown {
  return JSON.parse(
    JSON.stringify(records)
      .replaceAll("\\r\\n", "\\n")
      .replace(/"(?:1234567890|2095257564)"/g, '"phone"'),
  );
}

describe("an upload", () => {
  const rows = [
    ["Name", "Città"],
    ["José", "Łódź"],
  ];
  test("is read in the encodings of spreadsheets", async () => {
    const text = "Name;Città\r\nJosé;Łódź\r\n";
    expect(await read(Buffer.from(`\ufeff${text}`))).toMatchObject({ encoding: "utf-8", delimiter: ";", rows });
    expect(await read(Buffer.from(`\ufeff${text}`, "utf16le"))).toMatchObject({ encoding: "utf-16le", rows });
    expect(await read(Buffer.from("Name\tCity of birth\r\nAnna\tRome\r\n", "utf16le"))).toMatchObject({
      encoding: "utf-16le",
      delimiter: "\t",
    });
    const big = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    expect(await read(big)).toMatchObject({ encoding: "utf-16be", rows });
    const western = Buffer.from("Name;Stra\xdfe\r\nJos\xe9;\x80 5\r\n", "latin1");
    expect(await read(western)).toMatchObject({
      encoding: "windows-1252",
      rows: [
        ["Name", "Straße"],
        ["José", "€ 5"],
      ],
    });
  });

  test("may hold line breaks in quotes, old line ends, ragged and empty rows", async () => {
    expect((await read(Buffer.from('a,b\n"x\ny, z",2\n\n1\n1,2,3\n'))).rows).toEqual([
      ["a", "b"],
      ["x\ny, z", "2"],
      ["1"],
      ["1", "2", "3"],
    ]);
    expect((await read(Buffer.from("a,b\r1,2\r3,4"))).rows).toHaveLength(3);
    expect((await read(Buffer.from("sep=;\r\na;b\r\n1;2"))).rows).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect((await read(Buffer.from('name,say\nAna,he said "hi" twice\n'))).rows[1]).toEqual([
      "Ana",
      'he said "hi" twice',
    ]);
  });

  test("that is a workbook is refused in words", () => {
    expect(() => decodeUpload(Buffer.from("PK\u0003\u0004rest"))).toThrow(/Excel workbook/);
  });

  test("gets a name for each column", () => {
    expect(headerNames(["Phone", "Phone", " ", "Phone"])).toEqual(["Phone", "Phone (2)", "Column 3", "Phone (3)"]);
  });
});

describe("columns", () => {
  test.each([
    [
      "hubspot",
      "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lifecycle Stage,Job Title,Company Name",
    ],
    ["salesforce", "First Name,Last Name,Title,Account Name,Phone,Mobile,Email,Lead Source"],
    [
      "google",
      "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value",
    ],
    ["outlook", "First Name,Last Name,Company,Job Title,Business Phone,Mobile Phone,E-mail Address,Categories,Notes"],
  ])("of an export by %s are known", (preset, line) => {
    const header = headerNames(line.split(","));
    const suggestion = suggestMapping(header, []);
    expect(suggestion.preset).toBe(preset);
    for (const field of ["first_name", "last_name", "email", "phone", "company", "position"])
      expect(suggestion.mapping, field).toContain(field);
  });

  test("of the company's own are known by key and label", () => {
    const custom = [
      { id: 1, entity: "contact", key: "shoe_size", label: "Shoe size", kind: "number", options: [], createdAt: "" },
    ] as const;
    const own = custom.map((field) => ({ ...field, options: [] }));
    expect(suggestMapping(["Shoe Size", "Whatever"], own).mapping).toEqual(["custom.shoe_size", null]);
  });
});

describe("a row", () => {
  const place = { defaultCountry: "IN", custom: [] };
  const person = (cells: string[], mapping: Parameters<typeof readPerson>[1]) => readPerson(cells, mapping, place);

  test("gives phones of many spellings in one", () => {
    expect(
      person(["Ana", "098765 43210 ::: +1 415-555-0123", "98765 43210"], ["name", "phone", "phone"]),
    ).toMatchObject({
      person: { phones: ["+919876543210", "+14155550123"], patch: { name: "Ana", phone: "+919876543210" } },
    });
    expect(person(["'+14155550123"], ["phone"])).toMatchObject({ person: { phones: ["+14155550123"] } });
    expect(person(["917033009600_s_whatsapp_net"], ["phone"])).toMatchObject({ person: { phones: ["+917033009600"] } });
  });

  test.each([
    [["9.19877E+11"], ["phone"], /shortened by a spreadsheet/],
    [["9,19877E+11"], ["phone"], /shortened by a spreadsheet/],
    [["call me"], ["phone"], /not a phone number/],
    [["Ana", "nobody"], ["name", "email"], /e-mail address/],
    [["Ana", "perhaps"], ["name", "stage"], /not a stage/],
    [["Ana", "maybe"], ["name", "do_not_contact"], /neither yes nor no/],
    [["", "Acme"], ["name", "company"], /neither a name/],
    [["Ana", "x", "1"], ["name", "company"], /3 cells/],
  ] as const)("%j is refused in words", (cells, mapping, words) => {
    const read = person([...cells], [...mapping]);
    expect("refusal" in read ? read.refusal : "").toMatch(words);
  });

  test("reads stages, tags and consent as other products write them", () => {
    expect(
      person(
        ["Ana", "Marketing Qualified Lead", "* myContacts ::: VIP; Fair 2026", "Yes"],
        ["name", "stage", "tags", "do_not_contact"],
      ),
    ).toMatchObject({ person: { patch: { stage: "qualified", doNotContact: true }, tags: ["VIP", "Fair 2026"] } });
    expect(person(["Ana", "Hot"], ["name", "stage"])).toMatchObject({
      person: { patch: { stage: "sales_qualified" } },
    });
  });
});
