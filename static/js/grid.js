"use strict";
// In [data-grid] Enter does not send the form: in a table it goes to the same column's next row, with Shift to the one before.
document.addEventListener("keydown", (e) => {
  if (e.isComposing || e.keyCode === 229 || e.key !== "Enter" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (!e.target.closest("[data-grid]") || !e.target.matches("input")) return;
  e.preventDefault();
  const row = e.target.closest("tr"), next = e.shiftKey ? row?.previousElementSibling : row?.nextElementSibling;
  const field = next?.cells[e.target.closest("td").cellIndex].querySelector("input");
  if (field) { field.focus(); field.select(); }
});
