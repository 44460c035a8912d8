import { contactCases } from "./list-cases/contact-cases.ts";
import { conversationCases } from "./list-cases/conversation-cases.ts";
import { dealCases } from "./list-cases/deal-cases.ts";
import { journalCases } from "./list-cases/journal-cases.ts";
import { leadCases } from "./list-cases/lead-cases.ts";
import type { ListCase } from "./list-cases/list-case.ts";
import { taskCases } from "./list-cases/task-cases.ts";

/** Each statement that a list of the domain can send, and the index made for it. */
export const listCases: ListCase[] = [
  ...contactCases,
  ...dealCases,
  ...taskCases,
  ...leadCases,
  ...journalCases,
  ...conversationCases,
];
