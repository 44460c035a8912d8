import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CustomerRecord, CustomerRecordPatch } from "../../../shared/v1/customer.ts";
import { changeRefusal } from "../../lib/api/api-error.ts";
import { dueCustomersKey, recordQuery, saveRecord } from "../../lib/api/customers.ts";
import { showAtOnce } from "../../lib/api/show-at-once.ts";
import { showProblem } from "../../ui/undo-toast.tsx";

type Change = { record: CustomerRecord; patch: CustomerRecordPatch };

/** Writes the record at once on the screen and takes it back, with the reason, where the server refuses. */
export function useRecordChange(contactId: number): (record: CustomerRecord, patch: CustomerRecordPatch) => void {
  const client = useQueryClient();
  const { queryKey } = recordQuery(contactId);
  const { mutate } = useMutation({
    mutationFn: ({ record, patch }: Change) => saveRecord(record, patch),
    onMutate: ({ patch }: Change) => showAtOnce(client, queryKey, (record) => ({ ...record, ...patch })),
    onError: (error, _change, shown) => {
      shown?.takeBack();
      showProblem("The record was not changed", changeRefusal(error));
    },
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["contacts", contactId] });
      void client.invalidateQueries({ queryKey: ["customers"] });
      void client.invalidateQueries({ queryKey: dueCustomersKey });
    },
  });
  return (record, patch) => mutate({ record, patch });
}
