import type { JsonObject } from "../../../shared/json.ts";
import { requireAmount } from "../booking/money.ts";
import { invalid } from "../domain-error.ts";

/** What of a visit can be written without moving it. */
export type AppointmentFields = {
  amount?: string;
  treatmentDetails?: JsonObject;
  notes?: string | null;
  source?: string | null;
};

export function checkAppointmentFields({ amount, treatmentDetails, notes, source }: AppointmentFields): void {
  requireAmount("amount", amount);
  if (treatmentDetails && JSON.stringify(treatmentDetails).length > 100_000)
    throw invalid("treatmentDetails", "treatmentDetails have at most 100,000 characters");
  if (notes && notes.length > 100_000) throw invalid("notes", "notes have at most 100,000 characters");
  if (source && source.length > 200) throw invalid("source", "source has at most 200 characters");
}
