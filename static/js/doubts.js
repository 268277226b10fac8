"use strict";
// Doubts of form[data-doubts], a row [data-doubt] each with its radio buttons: a number key chooses, 0 leaves out, Enter goes on
// to the next row. [data-many] of the form says how many people go: its text, with {n} for the number; data-one for one.
document.querySelectorAll("form[data-doubts]").forEach((form) => {
  const groups = [...form.querySelectorAll("[data-doubt]")].map((row) => [...row.querySelectorAll("input[type=radio]")]);
  const label = form.querySelector("[data-many]");
  const count = () => {
    const going = [...form.querySelectorAll("input[name^='who-']:checked")].filter((el) => el.value !== "0").length;
    const shown = going.toLocaleString(document.documentElement.lang === "en" ? "en" : "de");
    if (label) label.textContent = going === 1 ? label.dataset.one : label.dataset.many.replace("{n}", shown);
  };
  const goOn = (from) => {
    const next = groups[from + 1], target = next ? next.find((el) => el.checked) || next[0] : form.querySelector("button:has(kbd)");
    target?.focus();
    target?.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("keydown", (e) => {
    const at = groups.findIndex((group) => group.includes(e.target));
    if (at < 0 || e.ctrlKey || e.altKey || e.metaKey) return;
    const chosen = /^\d$/.test(e.key) ? (e.key === "0" ? groups[at].at(-1) : groups[at][e.key - 1]) : null;
    if (!chosen && e.key !== "Enter") return;
    e.preventDefault();
    if (chosen && (chosen.value === "0") === (e.key === "0")) {
      chosen.checked = true;
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (chosen) return;
    goOn(at);
  });
  form.addEventListener("change", count);
  count();
});
