import { MediaQuery } from "svelte/reactivity";

// Narrow windows fold the right side first, then the route, then the rail's words.
const side = new MediaQuery("min-width: 1180px");
const route = new MediaQuery("min-width: 900px");

export const space = {
  get forSide(): boolean {
    return side.current;
  },
  get forRoute(): boolean {
    return route.current;
  },
};
