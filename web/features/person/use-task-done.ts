import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Task } from "../../../shared/v1/task.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { showAtOnce } from "../../lib/api/show-at-once.ts";
import { completeTask, setTaskStatus, tasksQuery } from "../../lib/api/tasks.ts";
import { showProblem, showUndo } from "../../ui/undo-toast.tsx";

type Change = { task: Task; to: "done" | "open" };

/** Ticks a task at once, takes the tick back when the server refuses, and offers Undo. */
export function useTaskDone(contactId: number): (task: Task, to: Change["to"]) => void {
  const client = useQueryClient();
  const { queryKey } = tasksQuery(contactId);
  const change = useMutation({
    mutationFn: ({ task, to }: Change) =>
      to === "done" ? completeTask(task.id) : setTaskStatus(task.id, openStatus(task)),
    onMutate: ({ task, to }: Change) => {
      const status = to === "done" ? "done" : openStatus(task);
      const changed = (item: Task) => (item.id === task.id ? { ...item, status, completed_at: null } : item);
      return showAtOnce(client, queryKey, (page) => ({ ...page, data: page.data.map(changed) }));
    },
    onError: (error, { task }, shown) => {
      shown?.takeBack();
      showProblem(`“${task.title}” was not changed`, wordsOf(error));
    },
    onSuccess: (_saved, { task, to }) => {
      if (to === "done") showUndo(`Done: ${task.title}`, () => change.mutate({ task, to: "open" }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["contacts", contactId] }),
  });
  return (task, to) => change.mutate({ task, to });
}

/** A task taken back stands where it stood; one that was done when the page came up is to do again. */
function openStatus(task: Task): Task["status"] {
  return task.status === "done" || task.status === "missed" ? "todo" : task.status;
}
