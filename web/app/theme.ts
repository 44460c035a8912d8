import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const pine: MantineColorsTuple = [
  "#effaf5",
  "#d8f2e6",
  "#b0e3cd",
  "#80d1b0",
  "#50b892",
  "#2f9d77",
  "#1f7f60",
  "#19664e",
  "#15513f",
  "#0f3b2e",
];

/** Mantine's dark greys with a trace of the same green, so that both themes belong to one product. */
const dark: MantineColorsTuple = [
  "#e2e7e4",
  "#bac2be",
  "#9aa49f",
  "#717b76",
  "#3a4340",
  "#2e3633",
  "#252c29",
  "#181d1b",
  "#121614",
  "#0c0f0e",
];

export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: 6,
  colors: { pine, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: { fontWeight: "600" },
  components: {
    Notification: { styles: { description: { color: "var(--ink)" } } },
    Modal: { defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } } },
    InputWrapper: { defaultProps: { withAsterisk: false } },
  },
});

/** Mantine's own dimmed and placeholder greys stay below 4.5:1 on our surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b6661",
    "--mantine-color-placeholder": "#6a756f",
    "--mantine-color-text": "#1b211e",
  },
  dark: { "--mantine-color-dimmed": "#9aa49f", "--mantine-color-placeholder": "#87918c" },
});
