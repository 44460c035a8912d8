import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { wordsOf } from "../../lib/api/api-error.ts";
import { disablePush, enablePush, type PushState, pushState } from "../../lib/push.ts";
import { showProblem } from "../../ui/undo-toast.tsx";

const pushKey = ["push-state"];

/** Whether this very browser shows notifications while Rapport is closed. */
export function PushSwitch() {
  const client = useQueryClient();
  const { data: state = "off" } = useQuery({ queryKey: pushKey, queryFn: pushState });
  const turn = useMutation({
    mutationFn: (on: "on" | "off") => (on === "on" ? enablePush() : disablePush()),
    onSuccess: (fresh) => client.setQueryData(pushKey, fresh),
    onError: (error) =>
      showProblem("Push could not be changed", error instanceof DOMException ? error.message : wordsOf(error)),
  });
  return (
    <Switch
      label="Push to this browser"
      description={wordsFor(state)}
      checked={state === "on"}
      disabled={state === "unsupported" || state === "blocked" || turn.isPending}
      onChange={(event) => turn.mutate(event.currentTarget.checked ? "on" : "off")}
    />
  );
}

function wordsFor(state: PushState): string {
  switch (state) {
    case "unsupported":
      return "This browser has no push, or Rapport is not reached by https.";
    case "blocked":
      return "You have blocked notifications of this site in the browser; allow them there first.";
    case "off":
    case "on":
      return "Shows what is marked “Push” below, also while Rapport is closed.";
  }
}
