"use strict";
// Ticked rows of form[data-ticks], also of boxes outside it that name it in form="…": shows how many there are.
// [data-ticked]      in the form: only shown while something is ticked
// [data-many]        its text, with {n} for the number; data-one for a single one
// [data-ticks-all]   a box that ticks all the others; Shift+click ticks all from the last one clicked
{
  let last = null;
  const boxes = (form) => [...form.elements].filter((el) => el.type === "checkbox" && !("ticksAll" in el.dataset));
  const update = (form) => {
    const all = boxes(form), n = all.filter((box) => box.checked).length;
    const shown = n.toLocaleString(document.documentElement.lang === "en" ? "en" : "de");
    form.querySelectorAll("[data-ticked]").forEach((el) => { el.hidden = n === 0; });
    form.querySelectorAll("[data-many]").forEach((el) => {
      el.textContent = (n === 1 && el.dataset.one) || el.dataset.many.replace("{n}", shown);
    });
    entry.keep(form.id, all.filter((box) => box.checked).map((box) => box.value));
    [...form.elements].filter((el) => "ticksAll" in el.dataset).forEach((el) => {
      el.checked = n > 0 && n === all.length;
      el.indeterminate = n > 0 && n < all.length;
    });
  };
  document.addEventListener("click", (e) => {
    const box = e.target, form = box.form;
    if (box.type !== "checkbox" || !form?.matches("[data-ticks]")) return;
    const all = boxes(form);
    if ("ticksAll" in box.dataset) all.forEach((el) => { el.checked = box.checked; });
    else if (e.shiftKey && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((el) => { el.checked = box.checked; });
    }
    last = box;
    update(form);
  });
  // On going back the page comes from the server anew, without the ticks.
  document.querySelectorAll("form[data-ticks]").forEach((form) => {
    const kept = entry.kept(form.id);
    if (kept) boxes(form).forEach((box) => { box.checked = kept.includes(box.value); });
  });
  const updateAll = () => document.querySelectorAll("form[data-ticks]").forEach(update);
  updateAll();
  addEventListener("pageshow", updateAll);
  document.addEventListener("htmx:afterSettle", updateAll);
}
