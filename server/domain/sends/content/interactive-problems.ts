import type { FieldProblem } from "../../domain-error.ts";
import type { InteractiveContent, InteractiveHeader } from "../outgoing-content.ts";
import { linkProblems } from "./check-content.ts";
import { lengthProblems, problem } from "./length-problems.ts";

/** The limits of buttons, lists and links (protocols A.9). */
export function interactiveProblems(interactive: InteractiveContent): FieldProblem[] {
  const mostBody = interactive.kind === "list" ? 4_096 : 1_024;
  return [
    ...lengthProblems("interactive.body", interactive.body, { least: 1, most: mostBody }),
    ...lengthProblems("interactive.footer", interactive.footer, { most: 60 }),
    ...headerProblems(interactive.header),
    ...actionProblems(interactive),
  ];
}

function headerProblems(header: InteractiveHeader | undefined): FieldProblem[] {
  if (header === undefined) return [];
  if (header.type === "text") return lengthProblems("interactive.header", header.text, { least: 1, most: 60 });
  return linkProblems("interactive.header.link", header.media);
}

function actionProblems(interactive: InteractiveContent): FieldProblem[] {
  switch (interactive.kind) {
    case "button":
      return buttonProblems(interactive.buttons);
    case "list":
      return listProblems(interactive);
    case "cta_url":
      return [
        ...lengthProblems("interactive.label", interactive.label, { least: 1, most: 20 }),
        ...pressedUrlProblems(interactive.url),
      ];
    case "location_request_message":
    case "request_contact_info":
    case "vendor":
      return [];
  }
}

/** Opened by who presses it, in their own network; nobody fetches it for them. */
function pressedUrlProblems(url: string): FieldProblem[] {
  const isWeb = url.length <= 2_000 && /^https?:$/.test(URL.parse(url)?.protocol ?? "");
  return isWeb ? [] : [problem("interactive.url", "interactive.url must be an http or https address")];
}

function buttonProblems(buttons: { id: string; title: string }[]): FieldProblem[] {
  const path = "interactive.buttons";
  return [
    ...(buttons.length >= 1 && buttons.length <= 3 ? [] : [problem(path, "a message has 1 to 3 buttons")]),
    ...buttons.flatMap(({ id, title }, index) => [
      ...lengthProblems(`${path}.${index}.title`, title, { least: 1, most: 20 }),
      ...lengthProblems(`${path}.${index}.id`, id, { least: 1, most: 256 }),
    ]),
    ...distinct(path, buttons),
  ];
}

function listProblems({ button, sections }: Extract<InteractiveContent, { kind: "list" }>): FieldProblem[] {
  const path = "interactive.sections";
  const rows = sections.flatMap((section) => section.rows);
  return [
    ...lengthProblems("interactive.button", button, { least: 1, most: 20 }),
    ...(sections.length >= 1 && sections.length <= 10 ? [] : [problem(path, "a list has 1 to 10 sections")]),
    ...(rows.length >= 1 && rows.length <= 10 ? [] : [problem(path, "a list has 1 to 10 rows in all its sections")]),
    ...sections.flatMap(({ title, rows: own }, at) => [
      ...lengthProblems(`${path}.${at}.title`, title, { most: 24 }),
      ...(sections.length > 1 && !title
        ? [problem(`${path}.${at}.title`, "each of several sections needs a title")]
        : []),
      ...own.flatMap((row, index) => rowProblems(`${path}.${at}.rows.${index}`, row)),
    ]),
    ...distinct(path, rows),
  ];
}

function rowProblems(path: string, row: { id: string; title: string; description?: string }): FieldProblem[] {
  return [
    ...lengthProblems(`${path}.id`, row.id, { least: 1, most: 200 }),
    ...lengthProblems(`${path}.title`, row.title, { least: 1, most: 24 }),
    ...lengthProblems(`${path}.description`, row.description, { most: 72 }),
  ];
}

function distinct(path: string, items: { id: string }[]): FieldProblem[] {
  const ids = items.map(({ id }) => id);
  return new Set(ids).size === ids.length ? [] : [problem(path, "two entries have the same id")];
}
