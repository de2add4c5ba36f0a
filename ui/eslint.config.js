import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";
import { cssClasses } from "./lint/css-classes.js";
import { importFlow } from "./lint/import-flow.js";

export default ts.config(
  { ignores: ["dist", "src/generated"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [ts.configs.strict],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [hooks.configs.flat.recommended, a11y.flatConfigs.recommended],
    plugins: { flow: { rules: { "import-flow": importFlow, "css-classes": cssClasses } } },
    rules: {
      "flow/import-flow": "error",
      "flow/css-classes": "error",
      "no-console": "error",
      // A screen that asks for one thing puts the cursor there: a keystroke less for everybody who signs in.
      "jsx-a11y/no-autofocus": "off",
    },
  },
  {
    files: ["scripts/**/*.{mjs,ts,tsx}", "lint/**/*.js", "*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
