import { Type } from "typebox";

export const AnalyticsQuery = Type.Object({
  startDate: Type.Optional(Type.String({ description: "2026-01-01" })),
  endDate: Type.Optional(Type.String({ description: "A date counts to its end." })),
  assignedSalesId: Type.Optional(Type.String({ description: "Managers and admins: one salesperson's figures." })),
});

export const AnalyticsView = Type.Object({
  communications: Type.Object({
    total: Type.Integer(),
    calls: Type.Integer(),
    missedCalls: Type.Integer(),
    emails: Type.Integer(),
  }),
  actions: Type.Object({
    total: Type.Integer(),
    pending: Type.Integer(),
    completed: Type.Integer(),
    missed: Type.Integer(),
  }),
  customers: Type.Object({ total: Type.Integer(), repeat: Type.Integer(), totalRevenue: Type.Number() }),
});
