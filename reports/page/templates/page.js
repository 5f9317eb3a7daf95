// Filters, sorting and deep links for the table of moments. Without it the page is whole and
// readable; with it the state stands in the address (#verdict=poor&place=...) and can be sent on.
"use strict";
(() => {
  const form = document.querySelector(".filters");
  const table = document.querySelector("table.moments");
  if (!form || !table) return;

  const FACETS = ["verdict", "severity", "reason", "touchpoint", "teller", "source", "place"];
  const WHERE = { verdict: ".v", severity: ".s" }; // the others are classes of their own names
  const body = table.tBodies[0];
  const status = form.querySelector("[role=status]");
  const nothing = document.querySelector(".none");
  let story = "";

  const words = (cell) => (cell ? cell.textContent.trim() : "");
  const rows = Array.from(body.rows, (row, order) => {
    const told = { row, order, text: row.textContent.toLowerCase(), story: row.dataset.story || "" };
    for (const name of FACETS) told[name] = words(row.querySelector(WHERE[name] || "." + name));
    told.time = words(row.cells[0].querySelector("a"));
    told.reactions = Number(row.querySelector(".reactions").value);
    told.sure = parseInt(words(row.querySelector(".sure")), 10);
    return told;
  });

  function fillChoices() {
    for (const name of FACETS) {
      const counts = new Map();
      for (const row of rows) {
        if (row[name]) counts.set(row[name], (counts.get(row[name]) || 0) + 1);
      }
      const values = [...counts.keys()].sort();
      for (const value of values) {
        form.elements[name].add(new Option(value + " (" + counts.get(value) + ")", value));
      }
      form.elements[name].parentElement.hidden = values.length === 0;
    }
  }

  function state() {
    const told = new URLSearchParams();
    for (const name of ["q", ...FACETS, "sort"]) {
      const value = form.elements[name].value.trim();
      if (value) told.set(name, value);
    }
    if (story) told.set("story", story);
    return told;
  }

  function restore(told) {
    for (const name of ["q", ...FACETS, "sort"]) {
      const value = (told.get(name) || "").replaceAll("_", name === "q" ? "_" : " ");
      form.elements[name].value = value;
      if (form.elements[name].value !== value) form.elements[name].value = "";
    }
    story = told.get("story") || "";
  }

  function compare(key) {
    const sign = key.startsWith("-") ? -1 : 1;
    const name = key.replace("-", "");
    return (a, b) => {
      if (a[name] === "" || b[name] === "") return (a[name] === "") - (b[name] === "") || a.order - b.order;
      return sign * (a[name] > b[name] ? 1 : a[name] < b[name] ? -1 : 0) || a.order - b.order;
    };
  }

  function show() {
    const told = state();
    const asked = (told.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const facets = FACETS.filter((name) => told.has(name));
    let found = 0;
    for (const row of rows) {
      const fits =
        (!story || row.story === story) &&
        facets.every((name) => row[name] === told.get(name)) &&
        asked.every((word) => row.text.includes(word));
      row.row.hidden = !fits;
      found += fits;
    }
    sort(told.get("sort") || "order");
    for (const name of ["q", ...FACETS]) form.elements[name].classList.toggle("on", told.has(name));
    const of = found === rows.length ? "" : " of " + rows.length;
    status.textContent = found + of + (rows.length === 1 ? " moment" : " moments") + (story ? " of one story" : "");
    nothing.hidden = found > 0;
  }

  let sorted = "order";
  function sort(key) {
    for (const head of table.tHead.rows[0].cells) {
      const own = head.dataset.sort.replace("-", "");
      const direction = key.startsWith("-") ? "descending" : "ascending";
      if (own === key.replace("-", "")) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
    if (key === sorted) return;
    sorted = key;
    const fragment = document.createDocumentFragment();
    for (const row of [...rows].sort(compare(key))) fragment.append(row.row);
    body.append(fragment);
  }

  function remember() {
    const told = state().toString();
    history.replaceState(null, "", told ? "#" + told : "#moments");
  }

  function changed() {
    show();
    remember();
  }

  // A head of the table sorts one way, then the other.
  function sortBy(key) {
    const other = key.startsWith("-") ? key.slice(1) : "-" + key;
    const next = form.elements.sort.value === key ? other : key;
    for (const value of [key, other]) {
      if (![...form.elements.sort.options].some((option) => option.value === value)) {
        const name = value.replace("-", "") + (value.startsWith("-") ? ", downwards" : "");
        form.elements.sort.add(new Option(name, value));
      }
    }
    form.elements.sort.value = next;
    changed();
  }

  function makeHeads() {
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sortBy(head.dataset.sort));
      head.replaceChildren(button);
    }
  }

  function follow() {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) return;
    restore(new URLSearchParams(hash));
    show();
    document.getElementById("moments").scrollIntoView();
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[data-filter]");
    if (!link) return;
    event.preventDefault();
    const own = link.closest("tr[data-story]"); // a row's link leads to the row's own story
    restore(new URLSearchParams(link.dataset.filter || "story=" + own.dataset.story));
    changed();
    const section = document.getElementById("moments");
    section.scrollIntoView();
    section.focus({ preventScroll: true });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => {
    story = "";
    setTimeout(changed);
  });
  window.addEventListener("hashchange", follow);

  document.documentElement.classList.add("scripted");
  form.hidden = false;
  fillChoices();
  makeHeads();
  show();
  follow();
  const target = document.querySelector("tr:target"); // the filters have moved it down
  if (target) target.scrollIntoView();
})();
