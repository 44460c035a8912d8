import { Stack, Text, Title } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";

type Props = {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
};

/** Nothing is here: what that means and what to do next. */
export function EmptyState({ icon: Icon, title, children, action }: Props) {
  return (
    <Stack align="center" justify="center" gap={6} p="xl" h="100%" ta="center" c="dimmed">
      <Icon size={36} stroke={1.3} />
      <Title order={3} fz="md" c="var(--ink)" mt={6}>
        {title}
      </Title>
      {children && (
        <Text fz="sm" maw={340}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
