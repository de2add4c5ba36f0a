import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** Mantine asks for ten shades; the look has one teal per theme, so the shades only serve what it derives itself. */
const teal: MantineColorsTuple = [
  "#e3f3f4",
  "#cbe8ea",
  "#9fdde2",
  "#6cc6ce",
  "#4fb6bf",
  "#2b949d",
  "#0b7079",
  "#095e66",
  "#085057",
  "#063b40",
];

/** What opens fades in; what closes is gone at once, for while it faded it would take the press meant for what it covered. */
const transitionProps = { transition: "fade", duration: 100, exitDuration: 0 } as const;

/** The look, told to Mantine: sizes in rem so that large text scales all of it. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: "600" },
  fontSizes: { xs: "0.75rem", sm: "0.875rem", md: "0.875rem", lg: "1.125rem", xl: "1.25rem" },
  lineHeights: { xs: "1.34", sm: "1.43", md: "1.43", lg: "1.34", xl: "1.3" },
  colors: { teal },
  primaryColor: "teal",
  primaryShade: { light: 6, dark: 4 },
  defaultRadius: "0.4375rem",
  respectReducedMotion: true,
  cursorType: "pointer",
  focusRing: "auto",
  variantColorResolver: (input) => {
    if (input.variant === "filled" && (input.color ?? "teal") === "teal") {
      return {
        background: "var(--brand)",
        hover: "var(--brand-hover)",
        color: "var(--on-brand)",
        border: "1px solid transparent",
      };
    }
    if (input.variant === "subtle") {
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: "var(--brand-ink)",
        border: "1px solid transparent",
      };
    }
    return defaultVariantColorsResolver(input);
  },
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: () => ({ root: { "--button-height": "var(--control)", "--button-padding-x": "0.75rem" } }),
      styles: { label: { fontWeight: 500, overflow: "visible" } },
    },
    ActionIcon: {
      defaultProps: { variant: "subtle", size: "2rem" },
      styles: { root: { color: "var(--ink-2)" } },
    },
    Input: { vars: () => ({ wrapper: { "--input-height": "var(--field)" } }) },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] },
      styles: {
        label: { fontSize: "var(--text-label)", fontWeight: 500, marginBottom: "0.25rem" },
        description: { color: "var(--ink-3)", marginTop: "0.25rem" },
        error: { fontSize: "var(--text-small)", marginTop: "0.25rem" },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: "var(--radius-card)",
        transitionProps,
      },
      styles: { title: { fontWeight: 600 } },
    },
    ModalRoot: { defaultProps: { transitionProps } },
    Menu: { defaultProps: { transitionProps } },
  },
});

const tokens = {
  "--mantine-color-body": "var(--ground)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-2)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-anchor": "var(--brand-ink)",
  "--mantine-color-default": "var(--paper)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--control-line)",
  // Red is kept for allergies and critical values: a field that needs a person is amber.
  "--mantine-color-error": "var(--warn)",
  "--mantine-primary-color-filled": "var(--brand)",
  "--mantine-primary-color-filled-hover": "var(--brand-hover)",
};

/** The same tokens in both themes: their values change, their names do not. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
