/** The screens that the start does not paint, in one file of the bundle that is read when the first of them is shown. */
export { default as KeysDialog } from "../lib/components/frame/KeysDialog.svelte";
export { default as Palette } from "../lib/components/search/Palette.svelte";
export { default as Library } from "./Library.svelte";
export { default as Lost } from "./Lost.svelte";
export { default as Page } from "./Page.svelte";
export { default as Path } from "./Path.svelte";
export { default as Paths } from "./Paths.svelte";
export { default as Problems } from "./Problems.svelte";
export { default as Settings } from "./Settings.svelte";
export { default as Starter } from "./Starter.svelte";
export { default as Starters } from "./Starters.svelte";
export { default as Tools } from "./Tools.svelte";
export { default as Welcome } from "./Welcome.svelte";
