// The static shell of index.html is painted first; the program is read after it.
let begun = false;

function begin(): void {
  if (begun) return;
  begun = true;
  void import("./main");
}

// A frame's callbacks run before it is painted, a timer set there after it.
requestAnimationFrame(() => setTimeout(begin));
// A hidden window gets no frames.
setTimeout(begin, 200);
