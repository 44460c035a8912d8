import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Appointment } from "../../../shared/v1/appointment.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { actOnVisit, type VisitAct, visitsQuery } from "../../lib/api/booking.ts";
import { dueCustomersKey } from "../../lib/api/customers.ts";
import { showDone, showProblem, showUndo } from "../../ui/undo-toast.tsx";

const said: Record<VisitAct, string> = {
  confirm: "Visit confirmed.",
  complete: "Visit completed: record, points and follow-up are written.",
  cancel: "Visit cancelled.",
  "no-show": "Noted that nobody came.",
  reopen: "Taken back.",
};

/** What becomes of a visit; each end of it can be taken back. */
export function useVisitActs({ id, contact_id: contactId }: Appointment): (act: VisitAct) => void {
  const client = useQueryClient();
  const { queryKey } = visitsQuery(contactId);
  const { mutate } = useMutation({
    mutationFn: (act: VisitAct) => actOnVisit(id, act),
    onSuccess: (saved, act) => {
      client.setQueryData(
        queryKey,
        (page) => page && { ...page, data: page.data.map((visit) => (visit.id === id ? saved : visit)) },
      );
      if (act === "reopen" || act === "confirm") showDone(said[act]);
      else showUndo(said[act], () => mutate("reopen"));
    },
    onError: (error) => showProblem("The visit was not changed", wordsOf(error)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["contacts", contactId] });
      void client.invalidateQueries({ queryKey: dueCustomersKey });
    },
  });
  return mutate;
}
