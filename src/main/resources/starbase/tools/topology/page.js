"use strict";
const picture = document.querySelector("svg");
const lines = [...picture.querySelectorAll("[data-from]")];

// All that a request passes before and after one node.
function path(id) {
  const found = new Set([id]);
  for (const [near, far] of [["from", "to"], ["to", "from"]]) {
    const open = [id];
    while (open.length > 0) {
      const next = open.pop();
      for (const line of lines.filter((any) => any.dataset[near] === next)) {
        found.add(line.dataset[far]);
        open.push(line.dataset[far]);
      }
    }
  }
  return found;
}

function follow(id) {
  const found = path(id);
  picture.classList.add("followed");
  for (const node of picture.querySelectorAll("[data-id]")) {
    node.classList.toggle("on", found.has(node.dataset.id));
  }
  for (const line of lines) {
    line.classList.toggle("on", found.has(line.dataset.from) && found.has(line.dataset.to));
  }
}

for (const node of picture.querySelectorAll("[data-id]")) {
  node.addEventListener("pointerenter", () => follow(node.dataset.id));
  node.addEventListener("focus", () => follow(node.dataset.id));
  node.addEventListener("pointerleave", () => picture.classList.remove("followed"));
  node.addEventListener("blur", () => picture.classList.remove("followed"));
}
