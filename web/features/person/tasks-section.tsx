import { Checkbox, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Task } from "../../../shared/v1/task.ts";
import { tasksQuery } from "../../lib/api/tasks.ts";
import { dayAndClock, dueWords } from "../../lib/format-time.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import { Section } from "../../ui/section.tsx";
import classes from "./tasks-section.module.css";
import { useTaskDone } from "./use-task-done.ts";

/** What is to do for this person; done ones stay in sight below. */
export function TasksSection({ contactId }: { contactId: number }) {
  const { data, isError, error, refetch } = useQuery(tasksQuery(contactId));
  const setDone = useTaskDone(contactId);
  const tasks = data?.data ?? [];
  return (
    <Section title="Tasks" count={tasks.filter((task) => !isClosed(task)).length}>
      {!data && isError && <ErrorState what="The tasks" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={40} />}
      {data && tasks.length === 0 && (
        <Text fz="sm" c="dimmed">
          Nothing to do. Follow-ups appear here when a lead comes in.
        </Text>
      )}
      <ul className={classes.tasks}>
        {tasks.toSorted(openFirst).map((task) => (
          <TaskLine key={task.id} task={task} onToggle={() => setDone(task, isClosed(task) ? "open" : "done")} />
        ))}
      </ul>
    </Section>
  );
}

function TaskLine({ task, onToggle }: { task: Task; onToggle: () => void }) {
  const may = useMay();
  const now = useNow(60_000);
  const late = !isClosed(task) && task.due_at !== null && new Date(task.due_at).getTime() < now;
  return (
    <li className={classes.task} data-done={isClosed(task) || undefined}>
      <Checkbox
        checked={isClosed(task)}
        onChange={onToggle}
        label={task.title}
        description={task.description ?? undefined}
        classNames={{ label: classes.label, description: classes.description }}
        disabled={task.status === "cancelled" || !may.write}
      />
      <div className={classes.meta}>
        {task.completed_at && <span>done {dayAndClock(task.completed_at, now)}</span>}
        {!isClosed(task) && task.due_at && <Pill tone={late ? "bad" : "quiet"}>{dueWords(task.due_at, now)}</Pill>}
        {!isClosed(task) && (task.priority === "urgent" || task.priority === "high") && (
          <Pill tone="warn">{task.priority}</Pill>
        )}
      </div>
    </li>
  );
}

function isClosed(task: Task): boolean {
  return task.status === "done" || task.status === "cancelled";
}

function openFirst(a: Task, b: Task): number {
  return Number(isClosed(a)) - Number(isClosed(b)) || (a.due_at ?? "9").localeCompare(b.due_at ?? "9");
}
