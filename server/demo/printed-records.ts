import type { DemoActivity } from "./activity-rows.ts";
import type { DemoDeal } from "./deal-rows.ts";
import { type DemoMessage, type DemoPerson, day } from "./demo-person.ts";
import type { DemoTask } from "./task-rows.ts";

/** The records of the chatbot document, as its samples print them; what is made next gets the ids that it prints for new ones. */
export const printedIds = { contacts: 12_346, deals: 67_891, tasks: 11_112, activities: 22_223 };

export const john: DemoPerson = {
  ...{
    id: 12_345,
    firstName: "John",
    lastName: "Doe",
    language: "en",
    country: "IN",
    currency: "USD",
    kind: "software",
  },
  ...{
    phone: "+919876543210",
    email: "john.doe@techcorp.com",
    company: "Tech Corp Solutions",
    position: "Senior Manager",
  },
  ...{
    source: "website",
    stage: "qualified",
    notes: "Interested in enterprise package. Mentioned budget of $50k.",
    tags: ["Software"],
  },
  ...{ owner: 1, createdAt: new Date("2024-06-10T08:00:00Z"), nextFollowUpAt: new Date("2024-06-15T14:00:00Z") },
  messages: written([
    [
      "2024-06-10T08:00:00Z",
      "in",
      "Hello, I'm John Doe from Tech Corp Solutions. We have about 100 people who would use it.",
    ],
    [
      "2024-06-10T08:06:00Z",
      "out",
      "Hello John! Thank you for writing. Shall I tell you about the enterprise package?",
    ],
    ["2024-06-10T08:15:00Z", "in", "Yes please. What is the price for 100 users, with premium support?"],
    ["2024-06-10T08:22:00Z", "out", "The yearly licence with premium support is $50,000 for 100 users."],
    ["2024-06-10T08:31:00Z", "in", "Understood, I will speak to our board."],
    ["2024-06-11T09:10:00Z", "in", "That is in line with our budget of $50k."],
    ["2024-06-11T09:18:00Z", "out", "Good to hear. I will put it into a proposal today."],
    ["2024-06-11T09:26:00Z", "in", "Perfect."],
    ["2024-06-12T10:12:00Z", "in", "The proposal arrived, thank you."],
    ["2024-06-12T10:30:00Z", "out", "Wonderful. Let us talk it through on the phone this afternoon."],
  ]),
};

export const sarah: DemoPerson = {
  ...{
    id: 12_346,
    firstName: "Sarah",
    lastName: "Johnson",
    language: "en",
    country: "IN",
    currency: "USD",
    kind: "software",
  },
  ...{ phone: "+918765432109", email: "sarah@innovatetech.com", company: "Innovate Technologies", position: "CTO" },
  ...{
    source: "referral",
    stage: "sales_qualified",
    notes: "Ready to sign. Needs demo next week.",
    tags: ["Software", "Trial"],
  },
  ...{
    owner: 2,
    createdAt: new Date("2024-06-08T12:30:00Z"),
    nextFollowUpAt: new Date("2024-06-13T10:00:00Z"),
    leadScore: 92,
  },
  messages: written([
    ["2024-06-08T12:30:00Z", "in", "Hi, Sarah Johnson here, CTO of Innovate Technologies. A friend sent me to you."],
    ["2024-06-08T12:38:00Z", "out", "Hi Sarah, welcome! What are you looking for?"],
    ["2024-06-08T12:45:00Z", "in", "Everything for a start, with support for the first six months. How much is it?"],
    ["2024-06-08T12:57:00Z", "out", "The startup package with six months of support is $25,000."],
    ["2024-06-08T13:05:00Z", "in", "Sounds fair. I will talk to the team."],
    ["2024-06-12T15:20:00Z", "in", "We are ready to sign. Can you give the team a demo next week?"],
    ["2024-06-12T15:45:00Z", "out", "With pleasure. The contract follows by e-mail."],
  ]),
};

/** The customer of the salesperson document's usage examples; came lately, as visits and follow-ups are about today. */
export function clara(now: Date): DemoPerson {
  const daysAgo = (days: number, clock: number) => {
    const at = new Date(now.getTime() - days * day);
    at.setUTCHours(clock, 0, 0, 0);
    return at;
  };
  return {
    ...{ id: 123, firstName: "Clara", lastName: "Whitfield", language: "en", country: "ES", currency: "EUR" },
    ...{ kind: "clinic", phone: "+34600000223", email: "clara.whitfield@mail.example", company: null, position: null },
    ...{ source: "referral", stage: "customer", notes: "Prefers morning appointments", tags: ["Patient"], owner: 2 },
    ...{ createdAt: daysAgo(86, 9), nextFollowUpAt: null },
    messages: [
      { direction: "in", text: "Hello, a friend told me about you. What does a whitening cost?", at: daysAgo(86, 9) },
      { direction: "out", text: "Welcome, Clara! It is 220 euros and takes an hour.", at: daysAgo(86, 10) },
      { direction: "in", text: "Good, I would like to come in the morning.", at: daysAgo(85, 9) },
      { direction: "out", text: "With pleasure. See you soon!", at: daysAgo(85, 10) },
    ],
  };
}

/** The times at which the document says they were last contacted. */
export const printedContactTimes = new Map([
  [john.id, new Date("2024-06-12T10:30:00Z")],
  [sarah.id, new Date("2024-06-12T15:45:00Z")],
]);

export const printedDeals: DemoDeal[] = [
  {
    ...{
      id: 67_890,
      person: john,
      stage: "proposal",
      title: "Enterprise Software License",
      value: 50_000,
      probability: 75,
    },
    description: "Annual enterprise license for 100 users with premium support",
    ...{ expectedCloseOn: "2024-06-30", createdAt: new Date("2024-06-10T09:00:00Z"), closedAt: null },
  },
  {
    ...{ id: 67_891, person: sarah, stage: "proposal", title: "Startup Package", value: 25_000, probability: 90 },
    description: "Complete startup solution with 6-month support",
    ...{ expectedCloseOn: "2024-06-20", createdAt: new Date("2024-06-08T14:30:00Z"), closedAt: null },
  },
];

export const printedTasks: DemoTask[] = [
  {
    ...{ id: 11_111, person: john, title: "Follow up on proposal", taskType: "follow_up", priority: "high" },
    description: "Call to discuss proposal feedback and address any concerns",
    ...{ dueAt: new Date("2024-06-15T14:00:00Z"), completedAt: null, createdAt: new Date("2024-06-12T09:00:00Z") },
  },
  {
    ...{ id: 11_112, person: sarah, title: "Send contract for signature", taskType: "document", priority: "urgent" },
    description: "Email final contract with digital signature link",
    ...{ dueAt: new Date("2024-06-13T10:00:00Z"), completedAt: null, createdAt: new Date("2024-06-12T16:30:00Z") },
  },
];

export const printedActivities: DemoActivity[] = [
  {
    ...{ id: 22_222, person: john, activityType: "call", title: "Discovery call", minutes: 45, outcome: "positive" },
    description: "Discussed requirements, timeline, and budget. Customer interested in enterprise features.",
    at: new Date("2024-06-12T14:00:00Z"),
  },
  {
    ...{ id: 22_223, person: john, activityType: "email", title: "Sent proposal", minutes: null, outcome: "sent" },
    description: "Emailed detailed proposal with pricing and implementation timeline",
    at: new Date("2024-06-11T16:30:00Z"),
  },
];

function written(lines: [at: string, direction: "in" | "out", text: string][]): DemoMessage[] {
  return lines.map(([at, direction, text]) => ({ direction, text, at: new Date(at) }));
}
