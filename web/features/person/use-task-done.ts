import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Task } from "../../../shared/v1/task.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import type { Page } from "../../lib/api/page.ts";
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
      // Puts a poll under way aside at once; waiting for it would let the tick lag behind the finger.
      void client.cancelQueries({ queryKey });
      const before = client.getQueryData<Page<Task>>(queryKey);
      const status = to === "done" ? "done" : openStatus(task);
      client.setQueryData<Page<Task>>(
        queryKey,
        (page) =>
          page && {
            ...page,
            data: page.data.map((item) => (item.id === task.id ? { ...item, status, completed_at: null } : item)),
          },
      );
      return { before };
    },
    onError: (error, { task }, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
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
