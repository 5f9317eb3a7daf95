"use strict";
// Every change goes to the server at once; what it could not keep is said beside the moment.
const cases = [...document.querySelectorAll("article")];
const keys = { e: "exceptional", p: "poor", n: "neither", u: "" };
let here = 0;
let last = Promise.resolve(); // one change after the other: the later one is to win

function go(to, focus = true) {
  if (!cases.length) return;
  cases[here].classList.remove("here");
  here = Math.max(0, Math.min(cases.length - 1, to));
  cases[here].classList.add("here");
  if (focus) {
    cases[here].focus({ preventScroll: true });
    cases[here].scrollIntoView({ block: "nearest" });
  }
}

function count() {
  const done = cases.filter((one) => one.dataset.verdict).length;
  document.querySelector(".done").textContent = `${done} of ${cases.length} reviewed`;
}

function keep(one, verdict) {
  last = last.then(() => send(one, verdict ?? one.dataset.verdict));
  return last;
}

async function send(one, verdict) {
  const said = one.querySelector(".said");
  const note = one.querySelector("input").value;
  said.textContent = "…";
  try {
    const answer = await fetch("verdict", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ post_id: one.dataset.post, verdict, note }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    one.dataset.verdict = verdict;
    for (const button of one.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.value === verdict));
    said.textContent = "kept";
    said.classList.remove("wrong");
    count();
    return true;
  } catch (error) {
    said.textContent = `not kept: ${error.message}`;
    said.classList.add("wrong");
    return false;
  }
}

document.addEventListener("keydown", async (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !cases.length) return;
  const input = event.target instanceof HTMLInputElement;
  if (input && !["Escape", "Enter"].includes(event.key)) return;
  const one = cases[here];
  if (event.key === "j" || event.key === "k") go(here + (event.key === "j" ? 1 : -1));
  else if (event.key in keys) {
    const at = here;
    if (await keep(one, keys[event.key]) && event.key !== "u" && here === at) go(at + 1);
  } else if (input) one.focus(); // which keeps the note
  else if (event.key === "Enter" && event.target === one) one.querySelector("input").focus();
  else return;
  event.preventDefault();
});

for (const [number, one] of cases.entries()) {
  one.addEventListener("focusin", () => go(number, false));
  one.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) keep(one, button.value);
  });
  one.querySelector("input").addEventListener("change", () => keep(one));
}
count();
go(0);
