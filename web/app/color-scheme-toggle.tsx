import { ActionIcon, type MantineColorScheme, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconBrightness, IconMoon, IconSun } from "@tabler/icons-react";

const looks: Record<MantineColorScheme, { icon: typeof IconSun; label: string; next: MantineColorScheme }> = {
  auto: { icon: IconBrightness, label: "Colours follow the system", next: "light" },
  light: { icon: IconSun, label: "Light colours", next: "dark" },
  dark: { icon: IconMoon, label: "Dark colours", next: "auto" },
};

/** System, light, dark, in turn; kept on this machine. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { icon: Icon, label, next } = looks[colorScheme];
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`${label}. Change`}
        onClick={() => setColorScheme(next)}
      >
        <Icon size={20} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
