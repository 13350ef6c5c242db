import { mount } from "svelte";
import App from "./App.svelte";
import { backend, install } from "./lib/backend";
import { app } from "./lib/state/app.svelte";

if (import.meta.env.MODE === "fixture") {
  // Screens in a browser, without the shell; never part of the product's bundle.
  install((await import("./lib/backend/fake")).fake(new URLSearchParams(location.search)));
}

const target = document.getElementById("app");
if (target) {
  void app.load();
  target.replaceChildren();
  mount(App, { target });
  // A hidden window gets no animation frames: a timer comes after the first layout all the same.
  setTimeout(() => void backend.ready().catch(() => undefined), 0);
}
