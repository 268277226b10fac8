"use strict";
// select[data-common-steps] of form[data-ticks] offers only what every ticked box names in its data-steps, and nothing
// beforehand; without a choice the button rests. [data-no-step] is shown where the ticked have no step in common.
{
  const update = (select) => {
    const form = select.form, ticked = [...form.elements].filter((el) => el.dataset.steps !== undefined && el.checked);
    const steps = ticked.map((box) => box.dataset.steps.split(" ").filter(Boolean));
    const common = steps.length ? steps.reduce((all, own) => all.filter((step) => own.includes(step))) : [];
    for (const option of select.options) option.hidden = option.disabled = option.value !== "" && !common.includes(option.value);
    if (select.selectedOptions[0]?.disabled) select.value = "";
    const button = form.querySelector("button[type=submit]"), none = ticked.length > 0 && !common.length;
    form.querySelector("[data-no-step]").hidden = !none;
    select.hidden = button.hidden = none;
    button.disabled = !select.value;
  };
  const updateAll = () => document.querySelectorAll("select[data-common-steps]").forEach(update);
  updateAll();
  for (const event of ["click", "change", "htmx:afterSettle"]) document.addEventListener(event, updateAll);
  addEventListener("pageshow", updateAll);
}
