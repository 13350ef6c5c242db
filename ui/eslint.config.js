import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
    { ignores: ["dist/", "src/lib/backend/wire.gen.ts"] },
    js.configs.recommended,
    ...ts.configs.strict,
    ...svelte.configs.recommended,
    { languageOptions: { globals: { ...globals.browser } } },
    {
        files: ["**/*.svelte", "**/*.svelte.ts"],
        languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    },
    {
        files: ["*.config.*", "tests/**"],
        languageOptions: { globals: { ...globals.node } },
    },
    {
        rules: {
            "no-undef": "off", // TypeScript knows.
            "svelte/no-navigation-without-resolve": "off", // SvelteKit's rule; there is no SvelteKit here.
            "no-restricted-imports": [
                "error",
                {
                    patterns: [
                        {
                            group: ["@tauri-apps/*"],
                            message: "Only lib/backend/tauri.ts talks to the shell.",
                        },
                        {
                            group: ["**/backend/fake", "**/backend/fixture/*"],
                            message: "For tests and the fixture mode.",
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ["src/lib/backend/**", "tests/**"],
        rules: { "no-restricted-imports": "off" },
    },
);
