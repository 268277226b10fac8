"use strict";
// Doubts of form[data-doubts], a row [data-doubt] each with its radio buttons: a number key chooses, 0 leaves out, Enter goes on
// to the next row that nobody has decided, and to the button only where none is left. [data-many] of the form says how many
// people go: its text, with {n} for the number; data-one for one.
document.querySelectorAll("form[data-doubts]").forEach((form) => {
  const groups = [...form.querySelectorAll("[data-doubt]")].map((row) => [...row.querySelectorAll("input[type=radio]")]);
  const label = form.querySelector("[data-many]");
  const count = () => {
    const going = [...form.querySelectorAll("input[name^='who-']:checked")].filter((el) => el.value !== "0").length;
    const shown = going.toLocaleString(document.documentElement.lang === "en" ? "en" : "de");
    if (label) label.textContent = going === 1 ? label.dataset.one : label.dataset.many.replace("{n}", shown);
  };
  const goOn = (from) => {
    const rest = [...groups.slice(from + 1), ...groups.slice(0, from + 1)].find((group) => !group.some((el) => el.checked));
    const target = rest ? rest[0] : form.querySelector("button:has(kbd)");
    target?.focus();
    target?.closest("tr")?.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("keydown", (e) => {
    const at = groups.findIndex((group) => group.includes(e.target));
    if (at < 0 || e.ctrlKey || e.altKey || e.metaKey) return;
    const chosen = groups[at].find((el) => (el.value === "0" ? "0" : String(groups[at].indexOf(el) + 1)) === e.key);
    if (!chosen && e.key !== "Enter") return;
    e.preventDefault();
    if (!chosen) { goOn(at); return; }
    chosen.checked = true;
    chosen.focus();
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.addEventListener("change", count);
  count();
});
