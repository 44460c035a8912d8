/** What the salesperson's document prints as bodies, without their customer. */
export const printedCall = {
  type: "call",
  direction: "outgoing",
  status: "completed",
  subject: "Follow-up on treatment interest",
  notes: "Customer confirmed booking for next week",
  durationSeconds: 420,
};

export const printedAction = {
  actionType: "follow_up",
  title: "Confirm appointment",
  description: "Call to confirm appointment 24 hours before",
  status: "pending",
  priority: "high",
  dueDate: "2024-01-31T09:00:00Z",
};

export const printedTag = { tagId: "vip-tag-id", notes: "Spent over $5000 in last 6 months" };
